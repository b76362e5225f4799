// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Writes what a scan found as DeviceModel and Device objects, for people to go on from.
///
/// What registers mean no scan can know: each becomes a property of its own, named by table and address, with the
/// value it held as a comment. Of each table those come that were not zero, up to a limit.
package struct ScanProfile: CustomStringConvertible {
    /// Properties of one table at most; who needs more knows the device's manual.
    package static let limit = 100

    private let report: ScanReport

    /// Prepares the objects for a report.
    package init(_ report: ScanReport) {
        self.report = report
    }

    /// How many properties there are.
    package var propertyCount: Int { report.units.reduce(0) { $0 + properties(of: $1).count } }

    /// The objects as YAML; without any where nothing could be read.
    package var description: String {
        let units = report.units.filter { !properties(of: $0).isEmpty }
        return units.map { model(of: $0) + "---\n" + device(of: $0) }.joined(separator: "---\n")
    }

    private struct Property {
        let table: RegisterTable
        let address: Int
        let value: UInt16
        /// Whether only the pair of registers can be read.
        let isPair: Bool

        var name: String {
            switch table {
            case .coil: "coil-\(address)"
            case .discreteInput: "discrete-input-\(address)"
            case .input: "input-\(address)"
            case .holding: "holding-\(address)"
            }
        }

        var type: String { table.holdsBits ? "BOOLEAN" : "INT" }
        var dataType: String { table.holdsBits ? "bool" : isPair ? "uint32" : "uint16" }
    }

    private func properties(of unit: ScannedUnit) -> [Property] {
        unit.tables.flatMap { table -> [Property] in
            let addresses = table.values.keys.sorted().filter { address in
                !table.needsPairs
                    || table.readable.contains { $0.contains(address) && (address - $0.lowerBound) % 2 == 0 }
            }
            let telling = addresses.filter { table.values[$0] != 0 }
            // A table of zeros still shows that it is there.
            return (telling.isEmpty ? addresses.prefix(1) : telling.prefix(Self.limit)).map {
                Property(table: table.table, address: $0, value: table.values[$0] ?? 0, isPair: table.needsPairs)
            }
        }
    }

    private func name(of unit: ScannedUnit) -> String {
        let place = report.place.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let words = String(place).split(separator: "-").joined(separator: "-")
        return "\(words.suffix(40))-unit-\(unit.number)"
    }

    private func model(of unit: ScannedUnit) -> String {
        let head = """
            # Unit \(unit.number) of \(report.place), as it answered a scan. What the registers mean, their types,
            # limits and units, is for the device's manual to say: rename, join and remove properties.
            \(unit.tables.map(summary).joined(separator: "\n"))
            apiVersion: devices.kubeedge.io/v1beta1
            kind: DeviceModel
            metadata:
              name: \(name(of: unit))
            spec:
              protocol: modbus
              properties:

            """
        return properties(of: unit).reduce(head) { text, property in
            text + """
                    - name: \(property.name)  # was \(property.value)
                      type: \(property.type)
                      accessMode: ReadOnly

                """
        }
    }

    private func summary(_ table: ScannedTable) -> String {
        let ranges = table.readable.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        let telling = table.values.values.count { $0 != 0 }
        let left =
            telling > Self.limit ? "; only the first \(Self.limit) of \(telling) that were not zero are here" : ""
        return
            "#   \(table.table.rawValue): \(ranges.isEmpty ? "nothing readable" : ranges.joined(separator: ", "))\(left)"
    }

    private func device(of unit: ScannedUnit) -> String {
        let head = """
            apiVersion: devices.kubeedge.io/v1beta1
            kind: Device
            metadata:
              name: \(name(of: unit))
            spec:
              deviceModelRef:
                name: \(name(of: unit))
              protocol:
                protocolName: modbus
                configData:
            \(keys(of: unit).map { "      \($0)" }.joined(separator: "\n"))
              properties:

            """
        return properties(of: unit).reduce(head) { text, property in
            text + """
                    - name: \(property.name)
                      collectCycle: 10000
                      reportCycle: 10000
                      reportToCloud: true
                      visitors:
                        protocolName: modbus
                        configData:
                          register: \(property.table.rawValue)
                          offset: \(property.address)
                          dataType: \(property.dataType)

                """
        }
    }

    /// The keys of the protocol section.
    private func keys(of unit: ScannedUnit) -> [String] {
        let connection = report.connection
        var keys: [String] = []
        if let mode = connection.communicateMode { keys.append("communicateMode: \(mode)") }
        if let ip = connection.ip { keys += ["ip: \"\(ip)\"", "port: \(connection.port)"] }
        if let path = connection.serialPort { keys.append("serialPort: \"\(path)\"") }
        if connection.serialPort != nil || connection.communicateMode == "RTUOverTCP" {
            keys += ["baudRate: \(connection.baudRate)", "parity: \(connection.parity.rawValue)"]
            keys.append("stopBits: \(connection.stopBits)")
        }
        keys.append("slaveID: \(unit.number)")
        let limits = unit.tables.filter { $0.limit != nil }
        let registers = limits.filter { !$0.table.holdsBits }.compactMap(\.limit).min()
        let bits = limits.filter { $0.table.holdsBits }.compactMap(\.limit).min()
        if let registers { keys.append("maxRegistersPerRequest: \(registers)") }
        if let bits { keys.append("maxBitsPerRequest: \(bits)") }
        return keys
    }
}
