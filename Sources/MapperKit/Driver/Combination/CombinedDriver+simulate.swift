// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension CombinedDriver: DeviceSimulating where First: DeviceSimulating, Second: DeviceSimulating {
    /// What both drivers say about their faults.
    public static var faultHelp: String {
        [First.faultHelp, Second.faultHelp].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// What means something to either driver.
    public static var simulationOptions: Set<SimulationOptions.Name> {
        First.simulationOptions.union(Second.simulationOptions)
    }

    /// Checks each driver's part of the options with its devices; a fault has to be one of either driver.
    public func check(
        _ options: SimulationOptions,
        for devices: [Device<ProtocolConfig, VisitorConfig>]
    ) -> [Diagnostic] {
        let (mine, others) = parts(devices)
        let shares = shares(of: options, mine, others)
        let known = Set(shares.first.faults + shares.second.faults)
        var findings: [Diagnostic] = []
        for fault in options.faults where !known.contains(fault) {
            let alone = SimulationOptions(faults: [fault])
            let isSecond = mine.isEmpty && !others.isEmpty
            findings += isSecond ? second.check(alone, for: others) : first.check(alone, for: mine)
        }
        if !mine.isEmpty { findings += first.check(shares.first, for: mine) }
        if !others.isEmpty { findings += second.check(shares.second, for: others) }
        return findings + collisions(options, mine.isEmpty || others.isEmpty)
    }

    /// Lets both drivers play their own devices, until the task is cancelled.
    /// - Throws: the first error of either; the other one's devices are not played any more then.
    public func simulate(
        _ devices: [Device<ProtocolConfig, VisitorConfig>],
        with options: SimulationOptions,
        ready: @Sendable ([String]) -> Void
    ) async throws {
        let (mine, others) = parts(devices)
        let shares = shares(of: options, mine, others)
        // Each says once where its devices are.
        let (places, inbox) = AsyncStream.makeStream(of: (Bool, [String]).self, bufferingPolicy: .bufferingOldest(2))
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            if !mine.isEmpty {
                group.addTask { [first] in
                    defer { inbox.finish() }
                    try await first.simulate(mine, with: shares.first) { inbox.yield((true, $0)) }
                }
            }
            if !others.isEmpty {
                group.addTask { [second] in
                    defer { inbox.finish() }
                    try await second.simulate(others, with: shares.second) { inbox.yield((false, $0)) }
                }
            }
            let count = (mine.isEmpty ? 0 : 1) + (others.isEmpty ? 0 : 1)
            var told: [(isFirst: Bool, lines: [String])] = []
            for await (isFirst, lines) in places {
                told.append((isFirst, lines))
                if told.count == count { break }
            }
            // Without the lines of one, it has failed, and says why below.
            if told.count == count { ready(told.sorted { $0.isFirst && !$1.isFirst }.flatMap(\.lines)) }
            while try await group.next() != nil {}
        }
    }

    /// The part of the options that each driver understands; what neither does is for one of them to refuse.
    private func shares(
        of options: SimulationOptions,
        _ mine: [Device<First.ProtocolConfig, First.VisitorConfig>],
        _ others: [Device<Second.ProtocolConfig, Second.VisitorConfig>]
    ) -> (first: SimulationOptions, second: SimulationOptions) {
        let unknown = Set(SimulationOptions.Name.allCases).subtracting(Self.simulationOptions)
        var first = options.reduced(to: First.simulationOptions.union(mine.isEmpty ? [] : unknown))
        var second = options.reduced(to: Second.simulationOptions.union(mine.isEmpty ? unknown : []))
        first.faults = options.faults.filter {
            !self.first.check(SimulationOptions(faults: [$0]), for: mine).containsErrors
        }
        second.faults = options.faults.filter {
            !self.second.check(SimulationOptions(faults: [$0]), for: others).containsErrors
        }
        return (first, second)
    }

    /// What two drivers cannot share.
    private func collisions(_ options: SimulationOptions, _ isAlone: Bool) -> [Diagnostic] {
        let common = First.simulationOptions.intersection(Second.simulationOptions)
        guard !isAlone else { return [] }
        var findings: [Diagnostic] = []
        if let port = options.port, port != 0, common.contains(.port) {
            let message = "port \(port) is for the devices of one protocol, and the profile has two: allowed is 0"
            findings.append(.error(at: nil, message))
        }
        if options.requestLog != nil, common.contains(.requestLog) {
            findings.append(
                .error(at: nil, "a request log is for the devices of one protocol, and the profile has two")
            )
        }
        return findings
    }
}

extension SimulationOptions {
    /// What means something to a driver; what nobody has asked for stays as it is.
    fileprivate func reduced(to names: Set<Name>) -> SimulationOptions {
        SimulationOptions(
            port: names.contains(.port) ? port : nil,
            faults: faults,
            seed: names.contains(.seed) ? seed : nil,
            isPaced: names.contains(.pace) && isPaced,
            requestLog: names.contains(.requestLog) ? requestLog : nil,
            identifiesPlaces: names.contains(.identify) && identifiesPlaces
        )
    }
}
