// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting

/// What a person wants to know of DeviceTwin's messages where no broker carries them.
struct StoredLines {
    let lines: [EdgeLine]

    init(_ output: DeviceTwin.Output) {
        guard case .mqtt(let topic, let payload) = output else {
            lines = []
            return
        }
        let bytes = Array(payload.utf8)
        let (device, kind) = Self.parts(of: topic)
        switch kind {
        case "twin/update/document": lines = TwinDocument(payload: bytes)?.lines(device).map(EdgeLine.stored) ?? []
        case "twin/update/result":
            let reason = TwinMessage(payload: bytes)?.reason
            lines =
                reason.map { [.trouble("a report\(device.isEmpty ? "" : " of \(device)") is dropped: \($0)")] } ?? []
        case "state/update/result":
            let state = StateMessage(payload: bytes)?.device.state
            lines = state.map { [.stored("\(device) is \($0)")] } ?? []
        default: lines = []
        }
    }

    /// A topic's device, empty where EdgeCore leaves it out, and what is said of it.
    private static func parts(of topic: String) -> (device: String, kind: String) {
        let prefix = "$hw/events/device/"
        guard topic.hasPrefix(prefix) else { return ("", "") }
        let levels = topic.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        return (levels.dropLast(3).joined(separator: "/"), levels.suffix(3).joined(separator: "/"))
    }
}
