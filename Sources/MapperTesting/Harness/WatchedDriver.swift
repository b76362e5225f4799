// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a driver that tells an edge which call is under way, so that one that does not return can be named.
struct WatchedDriver<Base: DeviceDriver>: DeviceDriver {
    typealias ProtocolConfig = Base.ProtocolConfig
    typealias VisitorConfig = Base.VisitorConfig

    private let base: Base
    private let edge: InMemoryEdge

    init(_ base: Base, edge: InMemoryEdge) {
        self.base = base
        self.edge = edge
    }

    var protocolNames: [String] { base.protocolNames }

    func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> WatchedSession<Base.Session> {
        edge.begin("open", of: device.id)
        defer { edge.end(of: device.id) }
        return WatchedSession(try await base.open(device), device: device.id, edge: edge)
    }

    func check(_ device: Device<ProtocolConfig, VisitorConfig>) -> [Diagnostic] { base.check(device) }

    func check(_ devices: [Device<ProtocolConfig, VisitorConfig>]) -> [Diagnostic] { base.check(devices) }

    func transform(for visitor: VisitorConfig) -> ValueTransform { base.transform(for: visitor) }

    func deadband(for visitor: VisitorConfig) -> Double { base.deadband(for: visitor) }
}
