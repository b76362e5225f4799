// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import BluetoothDriver
import MapperCommand

extension AirReport {
    /// The table for people.
    var lines: [String] {
        var table = TextTable(["address", "type", "name", "dBm", "packets", "services", "beacon", "manufacturer data"])
        for peripheral in peripherals { table.add(peripheral.cells) }
        let noun = peripherals.count == 1 ? "peripheral" : "peripherals"
        let count = "\(peripherals.count) \(noun) in reach of \(adapter)"
        return (peripherals.isEmpty ? [] : table.lines + [""]) + [count]
    }

    /// The table for programs.
    var json: JSONText {
        .object([
            ("adapter", .string(adapter)), ("shortfalls", .array(shortfalls.map { .string($0) })),
            ("peripherals", .array(peripherals.map(\.json))),
        ])
    }
}

extension ScannedPeripheral {
    fileprivate var cells: [String] {
        let makers = manufacturers.map { maker in
            "\(maker.label) " + (maker.hex.count > 24 ? "\(maker.hex.prefix(24))…" : maker.hex)
        }
        return [
            "\(address)", addressType, name ?? "", rssi.map(String.init) ?? "", packets == 0 ? "" : "\(packets)",
            serviceLabels.joined(separator: ", "), beacons.map(\.text).joined(separator: "; "),
            makers.joined(separator: ", "),
        ]
    }

    fileprivate var json: JSONText {
        var fields: [(String, JSONText)] = [("address", .string("\(address)")), ("type", .string(addressType))]
        if let name { fields.append(("name", .string(name))) }
        if let rssi { fields.append(("rssi", .literal("\(rssi)"))) }
        fields += [
            ("packets", .literal("\(packets)")), ("connectable", .literal("\(isConnectable)")),
            ("services", .array(services.map { .string("\($0)") })), ("beacons", .array(beacons.map(\.json))),
            ("manufacturerData", .object(manufacturers.map { ("0x\(hexadecimal($0.number))", .string($0.hex)) })),
        ]
        return .object(fields)
    }
}

extension ScannedPeripheral.Manufacturer {
    /// `004c Apple`.
    fileprivate var label: String { hexadecimal(number) + (name.map { " \($0)" } ?? "") }
}

extension ScannedBeacon {
    fileprivate var json: JSONText {
        var parts: [(String, JSONText)] = [("format", .string(format))]
        if let trouble { parts.append(("trouble", .string(trouble))) }
        parts.append(("fields", .object(fields.map { ($0.name, JSONText($0.value)) })))
        return .object(parts)
    }
}

/// Four digits.
func hexadecimal(_ number: UInt16) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: 4 - text.count) + text
}
