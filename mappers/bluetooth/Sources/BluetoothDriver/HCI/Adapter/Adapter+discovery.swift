// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension Adapter {
    private enum DiscoveryInput: Sendable {
        case found(MGMTDeviceReport)
        case step(DiscoveryRun.Input)

        init?(_ event: MGMTEvent) {
            switch event {
            case .deviceFound(let report): self = .found(report)
            case .discovering(let isOn): self = .step(.discovering(isOn))
            default: return nil
            }
        }
    }

    /// Looks for devices until the time is over, or the caller has seen enough, or the task is cancelled.
    ///
    /// Enough to find devices, not to follow beacons: each is reported about once in ten seconds. Connecting waits while
    /// it runs, and it ends a scan past the kernel without a word: ``HCIScanner/rearm()`` afterwards.
    /// - Parameter isEnough: Called for each report, with all that is known of that device.
    /// - Returns: the devices, in the order they were found.
    func discover(
        for duration: Duration,
        until isEnough: (DiscoveredPeer) -> Bool = { _ in false }
    ) async throws(ManagementError) -> [DiscoveredPeer] {
        let (inputs, feed) = AsyncStream.makeStream(of: DiscoveryInput.self)
        let events = management.events(keeping: 1024) { [index] in
            $0.index == index && DiscoveryInput($0.event) != nil
        }
        let forwarding = Task {
            for await event in events { if let input = DiscoveryInput(event.event) { feed.yield(input) } }
            feed.finish()
        }
        let timer = timer(after: duration) { feed.yield(.step(.timeIsUp)) }
        defer {
            forwarding.cancel()
            timer.cancel()
        }
        var found = FoundPeers()
        var run = DiscoveryRun()
        var isOver = false
        feed.yield(.step(.begin))
        do throws(ManagementError) {
            for await input in inputs {
                var step: DiscoveryRun.Input?
                switch input {
                case .found(let report): if isEnough(found.note(report)) { step = .timeIsUp }
                case .step(let other): step = other
                }
                isOver = try await !advance(&run, by: step) { feed.yield(.step($0)) }
                if isOver { break }
            }
            if !isOver, !Task.isCancelled { throw .closed }
        } catch {
            await stop(run)
            throw error
        }
        await stop(run)
        return found.all
    }

    /// - Returns: whether discovery goes on.
    private func advance(
        _ run: inout DiscoveryRun,
        by step: DiscoveryRun.Input?,
        _ feed: @escaping @Sendable (DiscoveryRun.Input) -> Void
    ) async throws(ManagementError) -> Bool {
        guard let step, let action = run.handle(step) else { return true }
        switch action {
        case .start:
            // Also for a task that is cancelled: what was started has to be stopped.
            let outcome = await Task { await start() }.value
            return try await advance(&run, by: .started(outcome), feed)
        case .pause(let time):
            _ = timer(after: time) { feed(.pauseOver) }
            return true
        case .fail(let error): throw error
        case .finish: return false
        }
    }

    private func start() async -> ManagementError? {
        do throws(ManagementError) {
            try await management.send(.startDiscovery, to: index)
            return nil
        } catch {
            return error
        }
    }

    /// Ends what was left running, also for a task that is cancelled.
    private func stop(_ run: DiscoveryRun) async {
        guard run.isRunning else { return }
        await Task { _ = try? await management.send(.stopDiscovery, to: index) }.value
    }

    private func timer(after time: Duration, _ body: @escaping @Sendable () -> Void) -> Task<Void, Never> {
        let deadline = clock.uptime + time
        return Task { [clock] in
            if (try? await clock.sleep(untilUptime: deadline)) != nil { body() }
        }
    }
}
