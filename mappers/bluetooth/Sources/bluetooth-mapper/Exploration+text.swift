// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import BluetoothDriver
import MapperCommand

extension Exploration {
    /// The list for people.
    var lines: [String] {
        var table = TextTable(["handle", "what", "abilities", "value"])
        for service in services {
            table.add(["\(service.handle)", label("\(service.uuid)", service.name), "", ""])
            for characteristic in service.characteristics { characteristic.rows.forEach { table.add($0) } }
        }
        let number = services.reduce(0) { $0 + $1.characteristics.count }
        let nouns = (services.count == 1 ? "service" : "services", number == 1 ? "characteristic" : "characteristics")
        let end = "\(services.count) \(nouns.0), \(number) \(nouns.1) in \(address) (\(kind.rawValue))"
        let closed =
            protectedCount == 0
            ? []
            : [
                protectedCount == 1
                    ? "1 wants an encrypted link: --pair reads it, too"
                    : "\(protectedCount) want an encrypted link: --pair reads them, too"
            ]
        return table.lines + ["", end] + closed + remarks
    }

    /// The list for programs.
    func json(profile: String) -> JSONText {
        .object([
            ("address", .string("\(address)")), ("type", .string(kind.rawValue)), ("adapter", .string(adapter)),
            ("services", .array(services.map(\.json))), ("remarks", .array(remarks.map { .string($0) })),
            ("profile", .string(profile)),
        ])
    }
}

private func label(_ uuid: String, _ name: String?) -> String { name.map { "\(uuid) \($0)" } ?? uuid }

extension ExploredService {
    fileprivate var json: JSONText {
        .object([
            ("uuid", .string("\(uuid)")), ("handle", .literal("\(handle)")),
            ("characteristics", .array(characteristics.map(\.json))),
        ])
    }
}

extension ExploredCharacteristic {
    fileprivate var rows: [[String]] {
        let name = name ?? userDescription.map { "\"\($0)\"" }
        let first = ["\(handle)", "  " + label("\(uuid)", name), abilities.joined(separator: " "), value]
        let rest = descriptors.map { descriptor in
            let what = "    " + label("\(descriptor.uuid)", descriptor.name)
            return ["\(descriptor.handle)", what, "", content(of: descriptor)]
        }
        return [first] + rest
    }

    private var value: String {
        switch reading {
        case .none: return ""
        case .protected(let reason): return "wants an encrypted link: \(reason)"
        case .failed(let reason): return reason
        case .octets:
            let all = hex ?? ""
            let shown = all.count > 64 ? "\(all.prefix(64))… (\(all.count / 2) bytes)" : all
            return shown + (text.map { " = \($0)" + (unit.isEmpty ? "" : " \(unit)") } ?? "")
        }
    }

    private func content(of descriptor: ExploredDescriptor) -> String {
        switch descriptor.uuid {
        case BluetoothUUID(0x2901): userDescription.map { "\"\($0)\"" } ?? ""
        case BluetoothUUID(0x2904): format ?? ""
        default: ""
        }
    }

    fileprivate var json: JSONText {
        var fields: [(String, JSONText)] = [("uuid", .string("\(uuid)")), ("handle", .literal("\(handle)"))]
        if let name { fields.append(("name", .string(name))) }
        if let userDescription { fields.append(("description", .string(userDescription))) }
        fields.append(("abilities", .array(abilities.map { .string($0) })))
        fields.append(("descriptors", .array(descriptors.map { .string("\($0.uuid)") })))
        switch reading {
        case .none: break
        case .protected(let reason), .failed(let reason): fields.append(("trouble", .string(reason)))
        case .octets: fields.append(("hex", .string(hex ?? "")))
        }
        if let text { fields.append(("value", .string(text))) }
        if !unit.isEmpty { fields.append(("unit", .string(unit))) }
        return .object(fields)
    }
}
