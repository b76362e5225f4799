// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension CombinedDriver: DeviceDiscovering where First: DeviceDiscovering, Second: DeviceDiscovering {
    /// What both drivers say about it.
    public static var discoveryHelp: String {
        [First.discoveryHelp, Second.discoveryHelp].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Lets both drivers look at the same time; where one cannot, the other one's devices are told all the same.
    /// - Throws: the first error, once both have ended.
    public func discover(
        for time: Duration,
        found: @escaping @Sendable (DiscoveredDevice) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [first] in try await Self.discover(with: first, for: time, found) }
            group.addTask { [second] in try await Self.discover(with: second, for: time, found) }
            var failure: (any Error)?
            while let result = await group.nextResult() {
                if case .failure(let error) = result { failure = failure ?? error }
            }
            if let failure { throw failure }
        }
    }

    private static func discover(
        with driver: some DeviceDiscovering,
        for time: Duration,
        _ found: @escaping @Sendable (DiscoveredDevice) -> Void
    ) async throws {
        let name = driver.protocolNames.first
        try await driver.discover(for: time) { device in
            var device = device
            device.protocolName = device.protocolName ?? name
            found(device)
        }
    }
}
