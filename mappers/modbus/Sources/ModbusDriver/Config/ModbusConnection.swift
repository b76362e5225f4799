// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how a device is reached: the keys of its protocol section, whichever version of KubeEdge wrote them.
public struct ModbusConnection: Decodable, Hashable, Sendable {
    /// The device's unit on its line or behind its address; 0 when missing, as KubeEdge up to v1.8 drops zeros.
    public var slaveID: Int
    /// The host's address or name, for Modbus TCP.
    public var ip: String?
    /// The TCP port.
    public var port: Int
    /// The serial device's path, for Modbus RTU.
    public var serialPort: String?
    /// Bits a second on the line.
    public var baudRate: Int
    /// Data bits of a character.
    public var dataBits: Int
    /// The parity bit of a character.
    public var parity: Parity
    /// Stop bits of a character.
    public var stopBits: Int
    /// `TCP`, `RTU`, or `RTUOverTCP` for RTU frames through a serial device server; needed only for the last, or when
    /// both ways are configured.
    public var communicateMode: String?
    /// `RS485` or `RS232`; with `RS485` the kernel is asked to switch the line's direction.
    public var serialType: String?
    /// Whether and how RTS is switched while sending, where the adapter has no other way: `none`, `up`, `down`.
    public var rts: RTSMode
    /// How long the device has, and how often it is asked.
    public var timing: UnitTiming
    /// What may be read together.
    public var addresses: AddressRules
    /// What the device says once for all its properties.
    var defaults: DeviceDefaults
    /// How many registers the device lets one request read.
    public var maxRegistersPerRequest: Int
    /// How many coils or discrete inputs the device lets one request read.
    public var maxBitsPerRequest: Int

    /// Creates a connection over TCP.
    public init(ip: String, port: Int = 502, slaveID: Int) {
        self.init(slaveID: slaveID)
        self.ip = ip
        self.port = port
    }

    /// Creates a connection over a serial line.
    public init(serialPort: String, baudRate: Int = 9600, parity: Parity = .none, slaveID: Int) {
        self.init(slaveID: slaveID)
        self.serialPort = serialPort
        self.baudRate = baudRate
        self.parity = parity
    }

    private init(slaveID: Int) {
        self.slaveID = slaveID
        port = 502
        baudRate = 9600
        dataBits = 8
        parity = .none
        stopBits = 1
        rts = .none
        timing = UnitTiming()
        addresses = AddressRules()
        defaults = DeviceDefaults()
        maxRegistersPerRequest = 125
        maxBitsPerRequest = 2000
    }

    private enum CodingKeys: String, CodingKey {
        case slaveID, ip, port, serialPort, baudRate, dataBits, parity, stopBits, communicateMode, serialType
        case rts, maxRegistersPerRequest, maxBitsPerRequest
        /// KubeEdge's keys without a unit or a meaning written down anywhere.
        case commType, collectType, reconnTimeout, reconnRetryTimes, collectTimeout, collectRetryTimes
    }

    /// Decodes the keys of a protocol section.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init(slaveID: try keys.decodeIfPresent(Int.self, forKey: .slaveID) ?? 0)
        ip = try keys.decodeIfPresent(String.self, forKey: .ip).flatMap { $0.isEmpty ? nil : $0 }
        port = try keys.decodeIfPresent(Int.self, forKey: .port) ?? port
        serialPort = try keys.decodeIfPresent(String.self, forKey: .serialPort).flatMap { $0.isEmpty ? nil : $0 }
        baudRate = try keys.decodeIfPresent(Int.self, forKey: .baudRate) ?? baudRate
        dataBits = try keys.decodeIfPresent(Int.self, forKey: .dataBits) ?? dataBits
        parity = try keys.decodeIfPresent(Parity.self, forKey: .parity) ?? parity
        stopBits = try keys.decodeIfPresent(Int.self, forKey: .stopBits) ?? stopBits
        communicateMode = try keys.decodeIfPresent(String.self, forKey: .communicateMode)
        serialType = try keys.decodeIfPresent(String.self, forKey: .serialType)
        rts = try keys.decodeIfPresent(RTSMode.self, forKey: .rts) ?? rts
        timing = try UnitTiming(from: decoder)
        addresses = try AddressRules(from: decoder)
        defaults = try DeviceDefaults(from: decoder)
        maxRegistersPerRequest =
            try keys.decodeIfPresent(Int.self, forKey: .maxRegistersPerRequest) ?? maxRegistersPerRequest
        maxBitsPerRequest = try keys.decodeIfPresent(Int.self, forKey: .maxBitsPerRequest) ?? maxBitsPerRequest
        for key in [CodingKeys.commType, .collectType, .reconnTimeout, .reconnRetryTimes] { _ = keys.contains(key) }
        for key in [CodingKeys.collectTimeout, .collectRetryTimes] { _ = keys.contains(key) }
    }

    /// What requests to the device may hold.
    var rules: ReadRules {
        ReadRules(
            limits: ReadLimits(registers: maxRegistersPerRequest, bits: maxBitsPerRequest),
            addresses: defaults.addressBase == 1 ? addresses.countedFromZero : addresses
        )
    }

    /// Which way leads to the device: what `communicateMode` says, else whichever is configured.
    var isSerial: Bool {
        switch communicateMode?.lowercased() {
        case "tcp", "rtuovertcp": false
        case "rtu": true
        default: ip == nil && serialPort != nil
        }
    }

    /// Whether serial frames travel through a serial device server.
    var isRTUOverTCP: Bool { communicateMode?.lowercased() == "rtuovertcp" }

    /// The bus the device hangs on; `nil` when the configuration names none.
    var bus: BusAddress? {
        if isSerial {
            return serialPort.map { .serial(SerialLine(path: $0, settings: serialSettings)) }
        }
        return ip.map { host in
            isRTUOverTCP
                ? .rtuOverTCP(host: host, port: port, settings: serialSettings) : .tcp(host: host, port: port)
        }
    }

    private var serialSettings: SerialSettings {
        SerialSettings(
            baudRate: baudRate,
            dataBits: dataBits,
            parity: parity,
            stopBits: stopBits,
            isRS485: serialType?.lowercased() == "rs485",
            rts: rts
        )
    }
}
