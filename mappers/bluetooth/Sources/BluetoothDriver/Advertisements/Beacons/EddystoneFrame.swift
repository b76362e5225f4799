// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads Eddystone beacons (Eddystone Protocol Specification and its frame types).
struct EddystoneFrame {
    /// The service whose data they are.
    static let service = BluetoothUUID(0xFEAA)

    let format: BeaconFormat
    private let data: ArraySlice<UInt8>

    /// Takes a frame of a known type; `nil` for others.
    init?(_ data: [UInt8]) {
        switch data.first {
        case 0x00: format = .eddystoneUID
        case 0x10: format = .eddystoneURL
        case 0x20: format = .eddystoneTLM
        case 0x30: format = .eddystoneEID
        default: return nil
        }
        self.data = data.dropFirst()
    }

    func reading() throws(BeaconError) -> BeaconReading {
        var cursor = BeaconCursor(data, format: format)
        var fields = BeaconFields()
        if format == .eddystoneTLM {
            try Self.addTelemetry(&cursor, to: &fields)
        } else {
            fields.add(.txPower, .int(try cursor.signedBig(1)))
            try addIdentity(&cursor, to: &fields)
        }
        return BeaconReading(format: format, fields: fields.values)
    }

    private func addIdentity(_ cursor: inout BeaconCursor, to fields: inout BeaconFields) throws(BeaconError) {
        switch format {
        case .eddystoneUID:
            fields.add(.namespace, .string(Self.hexadecimal(try cursor.bytes(10))))
            fields.add(.instance, .string(Self.hexadecimal(try cursor.bytes(6))))
        case .eddystoneEID:
            fields.add(.ephemeralID, .string(Self.hexadecimal(try cursor.bytes(8))))
        default:
            fields.add(.url, .string(try Self.url(&cursor)))
        }
    }

    /// Version 0 is in the clear, version 1 encrypted; 0 mV and -128 °C stand for "not measured".
    private static func addTelemetry(
        _ cursor: inout BeaconCursor,
        to fields: inout BeaconFields
    ) throws(BeaconError) {
        switch try cursor.byte() {
        case 0: break
        case 1: throw .encrypted(.eddystoneTLM)
        case let version: throw .malformed(.eddystoneTLM, "the version \(version)")
        }
        let millivolts = try cursor.big(2)
        if millivolts != 0 { fields.add(.voltage, BeaconScale.thousandths.value(millivolts)) }
        let temperature = try cursor.signedBig(2)
        if temperature != -0x8000 { fields.add(.temperature, .double(Double(temperature) / 256)) }
        fields.add(.advertisementCount, .int(try cursor.big(4)))
        fields.add(.uptime, BeaconScale.tenths.value(try cursor.big(4)))
    }

    /// The web address: a byte for the beginning, then characters and bytes for common endings.
    private static func url(_ cursor: inout BeaconCursor) throws(BeaconError) -> String {
        let scheme = Int(try cursor.byte())
        guard schemes.indices.contains(scheme) else {
            throw .malformed(.eddystoneURL, "the unknown scheme \(scheme)")
        }
        var url = schemes[scheme]
        for byte in cursor.rest {
            switch Int(byte) {
            case let ending where endings.indices.contains(ending): url += endings[ending]
            case 0x21...0x7E: url.unicodeScalars.append(Unicode.Scalar(byte))
            default: throw .malformed(.eddystoneURL, "the byte \(byte) in the address")
            }
        }
        return url
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static let schemes = ["http://www.", "https://www.", "http://", "https://"]
    private static let endings = ["/", ""].flatMap { slash in
        ["com", "org", "edu", "net", "info", "biz", "gov"].map { ".\($0)\(slash)" }
    }
}
