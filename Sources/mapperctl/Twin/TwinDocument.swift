// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// EdgeCore's word that twins have changed.
struct TwinDocument: Decodable, Hashable {
    /// One property, before and after.
    struct Change: Decodable, Hashable {
        var last: TwinMessage.Twin?
        var current: TwinMessage.Twin?
    }

    var timestamp: Int64
    var twin: [String: Change]

    /// - Returns: `nil` for a text that is no document.
    init?(payload: [UInt8]) {
        guard let document = try? JSONDecoder().decode(Self.self, from: Data(payload)) else { return nil }
        self = document
    }

    /// One line for each property.
    func lines(_ device: String) -> [String] {
        twin.sorted { $0.key < $1.key }.map { name, change in
            guard let current = change.current else { return "\(device) \(name): gone" }
            let desired = Self.describe(change.last?.expected?.value, current.expected?.value)
            let reported = Self.describe(change.last?.actual?.value, current.actual?.value)
            return "\(device) \(name): desired \(desired), reported \(reported)"
        }
    }

    private static func describe(_ old: String?, _ new: String?) -> String {
        let now = new.map { "'\($0)'" } ?? "nothing"
        guard old != new, let old else { return now }
        return "'\(old)' -> \(now)"
    }
}
