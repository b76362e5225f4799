// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks how a device is reached.
struct ConnectionCheck {
    private(set) var findings: [Diagnostic] = []
    private let device: Device<ModbusConnection, ModbusVisitor>
    private let config: ModbusConnection

    init(device: Device<ModbusConnection, ModbusVisitor>) {
        self.device = device
        config = device.config
    }

    mutating func run() {
        checkWay()
        checkUnit()
        if config.isSerial || config.isRTUOverTCP { checkLine() }
        if !config.isSerial { require("port", config.port, in: 1...65535) }
        checkTiming()
        require("maxRegistersPerRequest", config.maxRegistersPerRequest, in: 1...125)
        require("maxBitsPerRequest", config.maxBitsPerRequest, in: 1...2000)
    }

    private mutating func checkWay() {
        switch (config.communicateMode?.lowercased(), config.ip, config.serialPort) {
        case (nil, nil, nil): error("ip", "neither 'ip' nor 'serialPort' is given: one of them is needed")
        case (nil, _?, _?):
            error("serialPort", "both 'ip' and 'serialPort' are given: keep one, or say which with 'communicateMode'")
        case (nil, _, _), ("tcp", _?, _), ("rtuovertcp", _?, _), ("rtu", _, _?): break
        case ("tcp", nil, _): error("communicateMode", "'communicateMode' is TCP, but the key 'ip' is missing")
        case ("rtuovertcp", nil, _):
            error("communicateMode", "'communicateMode' is RTUOverTCP, but the key 'ip' is missing")
        case ("rtu", _, nil): error("communicateMode", "'communicateMode' is RTU, but the key 'serialPort' is missing")
        case (let mode?, _, _):
            error(
                "communicateMode",
                "'communicateMode' is '\(config.communicateMode ?? mode)' (TCP, RTU, RTUOverTCP are allowed)"
            )
        }
    }

    private mutating func checkUnit() {
        if !config.isSerial, !config.isRTUOverTCP {
            guard !(0...247).contains(config.slaveID), config.slaveID != 255 else { return }
            error("slaveID", "'slaveID' is \(config.slaveID), allowed over TCP is 0…247 and 255")
        } else if config.slaveID == 0 {
            error("slaveID", "'slaveID' is missing or 0, which addresses all units of a serial line; allowed is 1…247")
        } else {
            require("slaveID", config.slaveID, in: 1...247)
        }
    }

    private mutating func checkTiming() {
        require("responseTimeout", config.timing.responseTimeout, in: 1...60_000, unit: " ms")
        require("requestPause", config.timing.requestPause, in: 0...10_000, unit: " ms")
        require("unitSwitchPause", config.timing.unitSwitchPause, in: 0...10_000, unit: " ms")
        require("retries", config.timing.retries, in: 0...10)
    }

    private mutating func checkLine() {
        if !SerialSettings.baudRates.contains(config.baudRate) {
            let allowed = SerialSettings.baudRates.map(String.init).joined(separator: ", ")
            error("baudRate", "'baudRate' is \(config.baudRate) (\(allowed) are allowed)")
        }
        if config.dataBits != 8 {
            error("dataBits", "'dataBits' is \(config.dataBits), Modbus RTU needs 8")
        }
        require("stopBits", config.stopBits, in: 1...2)
        if let type = config.serialType, !["rs485", "rs232"].contains(type.lowercased()) {
            error("serialType", "'serialType' is '\(type)' (RS485, RS232 are allowed)")
        }
        guard config.rts != .none else { return }
        if !config.isSerial {
            error("rts", "'rts' is for a serial device of this machine; the device server switches its own line")
        } else if config.serialType?.lowercased() == "rs485" {
            error("rts", "'rts' and 'serialType' RS485 both switch the line's direction: keep one of them")
        }
    }

    private mutating func require(_ key: String, _ value: Int, in range: ClosedRange<Int>, unit: String = "") {
        guard !range.contains(value) else { return }
        error(key, "'\(key)' is \(value), allowed is \(range.lowerBound)…\(range.upperBound)\(unit)")
    }

    private mutating func error(_ key: String, _ message: String) {
        findings.append(.error(at: device.location(of: key), "device '\(device.id)': \(message)"))
    }
}
