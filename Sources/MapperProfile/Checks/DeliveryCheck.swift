// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Finds configuration of v1beta1 objects that EdgeCore v1.15 and later does not deliver as it was written.
///
/// EdgeCore makes every value a text, a truth value or a 32-bit number, and a device with any other is left out of what
/// mappers get, with a line in EdgeCore's log alone (`ConvertDevice`, `edge/pkg/devicetwin/dtcommon/util.go` at v1.23.1).
struct DeliveryCheck {
    /// A longer text is no advice.
    private static let shownLength = 120

    /// What the configuration belongs to.
    let section: Section

    /// Warns about the keys of a group, unless EdgeCore delivered it just now.
    static func warn(about group: Section?, of owner: Section, from origin: DeviceDraft.Origin) {
        guard origin != .edge, let group else { return }
        let check = DeliveryCheck(section: owner)
        for entry in group.entries {
            if let problem = check.problem(with: entry) { owner.warning(at: entry.keyLocation, problem) }
        }
    }

    private func problem(with entry: ConfigNode.Entry) -> String? {
        if entry.key.lowercased() == "data" {
            return "\(drops("a key '\(entry.key)'")): give the key another name"
        }
        switch entry.value.content {
        case .boolean, .string: return nil
        case .null: return "\(drops("'\(entry.key)' without a value")): leave the key out"
        case .sequence, .mapping: return "\(drops("\(entry.value.kind) in '\(entry.key)'")): \(advice(entry))"
        case .int(let number): return rounded(number, entry)
        case .double(let number): return rounded(number, entry)
        }
    }

    private func drops(_ what: String) -> String {
        "for \(what) KubeEdge 1.15 and later drops the whole device silently"
    }

    private func advice(_ entry: ConfigNode.Entry) -> String {
        guard let json = entry.value.jsonText(atMost: Self.shownLength) else {
            return "write it as JSON text in quotes"
        }
        return "write it as text: \(entry.key): '\(json.replacing("'", with: "''"))'"
    }

    private func rounded(_ number: Int64, _ entry: ConfigNode.Entry) -> String? {
        guard Float(exactly: number) == nil else { return nil }
        let arriving = PropertyValue.double(Double(Float(number))).text
        return rounding(entry.key, String(number), arriving)
    }

    /// The float's shortest text is what its receiver takes it for.
    private func rounded(_ number: Double, _ entry: ConfigNode.Entry) -> String? {
        let arriving = PropertyValue.float(Float(number)).text
        guard Double(arriving) != number else { return nil }
        return rounding(entry.key, PropertyValue.double(number).text, arriving)
    }

    private func rounding(_ key: String, _ number: String, _ arriving: String) -> String {
        "'\(key)' is \(number), KubeEdge 1.15 and later delivers \(arriving): write it as text: \(key): \"\(number)\""
    }
}
