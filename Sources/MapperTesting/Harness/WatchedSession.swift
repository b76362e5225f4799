// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a session that tells an edge which call is under way.
struct WatchedSession<Base: DeviceSession>: PushingSession {
    typealias VisitorConfig = Base.VisitorConfig

    private let base: Base
    private let device: DeviceID
    private let edge: InMemoryEdge

    init(_ base: Base, device: DeviceID, edge: InMemoryEdge) {
        self.base = base
        self.device = device
        self.edge = edge
    }

    func read(_ visitors: [PropertyVisitor<VisitorConfig>]) async -> [Result<Sample, any Error>] {
        edge.begin("read of \(visitors.map(\.property.name).joined(separator: ", "))", of: device)
        defer { edge.end(of: device) }
        return await base.read(visitors)
    }

    func portions(
        of due: [PropertyVisitor<VisitorConfig>],
        with others: [PropertyVisitor<VisitorConfig>]
    ) -> [[PropertyVisitor<VisitorConfig>]] {
        base.portions(of: due, with: others)
    }

    func giveWay() { base.giveWay() }

    func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
        edge.begin("write of \(visitor.property.name)", of: device)
        defer { edge.end(of: device) }
        try await base.write(value, to: visitor)
    }

    /// Listens to sessions that push, which the mapper only asks of sessions that say so.
    func push(to listener: @escaping @Sendable (DeviceNews) -> Void) {
        if let base = base as? any PushingSession { base.push(to: listener) }
    }

    func close() async {
        edge.begin("close", of: device)
        defer { edge.end(of: device) }
        await base.close()
    }
}
