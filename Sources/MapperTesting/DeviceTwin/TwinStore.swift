// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One device as EdgeCore holds it: in memory, and in its database.
struct TwinStore: Hashable, Sendable {
    var device: WireDevice
    /// What requests work on.
    private(set) var twins: [String: WireTwin] = [:]
    /// What a refused request goes back to.
    private var stored: [String: WireTwin] = [:]
    var attributes: [String: WireAttribute] = [:]

    init(_ device: WireDevice) {
        self.device = device
    }

    /// Keeps what a request made of the twins.
    mutating func keep(_ change: TwinChange) {
        twins = change.twins
        if change.isStored { stored = change.twins }
    }

    /// Reads everything back from the database, as EdgeCore does after a refused request.
    mutating func reload(_ version: EdgeCoreVersion) {
        twins = stored.mapValues { Self.reloaded($0, version) }
    }

    /// What is left of a twin after its way through the database: no empty texts, and in old versions no time of the
    /// reported value.
    static func reloaded(_ twin: WireTwin, _ version: EdgeCoreVersion) -> WireTwin {
        var twin = twin
        if twin.expected?.value?.isEmpty ?? true { twin.expected = nil }
        if twin.actual?.value?.isEmpty ?? true { twin.actual = nil }
        if !version.isRevised { twin.actual?.timestamp = nil }
        return twin
    }
}
