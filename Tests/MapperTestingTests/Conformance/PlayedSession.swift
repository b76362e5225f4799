// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit
import Synchronization

/// Is an open device in memory.
final class PlayedSession: PushingSession {
    typealias VisitorConfig = PlayedDriver.VisitorConfig
    typealias Visitor = PropertyVisitor<VisitorConfig>

    private struct State {
        var isClosed = false
        var wasAsked = false
        var pushing: Task<Void, Never>?
    }

    private static let timeout = Duration.milliseconds(100)

    private let device: Device<PlayedDriver.ProtocolConfig, VisitorConfig>
    private let field: PlayedField
    private let flaw: Flaw?
    private let shared: PlayedDriver.Shared
    private let state = Mutex(State())

    init(
        _ device: Device<PlayedDriver.ProtocolConfig, VisitorConfig>,
        _ field: PlayedField,
        _ flaw: Flaw?,
        _ shared: PlayedDriver.Shared
    ) {
        self.device = device
        self.field = field
        self.flaw = flaw
        self.shared = shared
        shared.inUse.withLock { $0 += 1 }
    }

    private var address: String { device.config.address }

    func portions(of due: [Visitor], with others: [Visitor]) -> [[Visitor]] {
        if flaw == .losesPortions { return due.dropLast().map { [$0] } }
        return due.map { [$0] }
    }

    func giveWay() {
        if flaw == .breaksWhenAsked { state.withLock { $0.wasAsked = true } }
    }

    func read(_ visitors: [Visitor]) async -> [Result<Sample, any Error>] {
        if flaw == .inventsResults, visitors.isEmpty { return [.failure(DeviceError(.rejected, "nothing was asked"))] }
        if flaw == .hangsInReading { await Self.hang() }
        var results: [Result<Sample, any Error>] = []
        for visitor in visitors {
            do {
                results.append(.success(try await sample(of: visitor)))
            } catch {
                results.append(.failure(error))
            }
        }
        switch flaw {
        case .answersBackwards: return results.reversed()
        case .leavesOutFailures: return results.filter { (try? $0.get()) != nil }
        case .failsTogether:
            guard let failed = results.first(where: { (try? $0.get()) == nil }) else { return results }
            return results.map { _ in failed }
        default: return results
        }
    }

    private func sample(of visitor: Visitor) async throws -> Sample {
        let (isClosed, wasAsked) = state.withLock { ($0.isClosed, $0.wasAsked) }
        if isClosed, flaw != .answersAfterClose { throw DeviceError(.disconnected, "the session is closed") }
        if wasAsked { throw DeviceError(.driverFailure, "the reading was broken off") }
        if flaw == .refusesAll { throw DeviceError(.rejected, "no") }
        if flaw == .takesOneAtATime, shared.inUse.withLock({ $0 }) > 50 {
            throw DeviceError(.busy, "too many sessions")
        }
        if field.isAway(address) || (flaw == .fallsTogether && field.isAnyAway) { try await waitInVain() }
        let value = try field.read(visitor.property.name, at: address)
        if flaw == .readsPastTheLimits, visitor.property.name == "pressure" { return Sample(.int(101)) }
        return Sample(value)
    }

    private func waitInVain() async throws -> Never {
        guard flaw == .ignoresCancellation else {
            try await Task.sleep(for: Self.timeout)
            throw DeviceError(.timedOut, "\(address) does not answer")
        }
        // Tries again whatever the reason, being told to stop included.
        var attempts = 0
        while attempts < 2 {
            do {
                try await Task.sleep(for: Self.timeout / 2)
                attempts += 1
            } catch {
                if !field.isAway(address) { break }
                usleep(1000)
            }
        }
        throw DeviceError(.timedOut, "\(address) does not answer")
    }

    func write(_ value: PropertyValue, to visitor: Visitor) async throws {
        if state.withLock(\.isClosed) { throw DeviceError(.disconnected, "the session is closed") }
        guard visitor.property.model.accessMode == .readWrite || flaw == .writesReadOnly else {
            throw DeviceError(.unsupported, "'\(visitor.property.name)' cannot be written")
        }
        guard flaw != .writesReadOnly || visitor.property.model.accessMode == .readWrite else { return }
        do {
            try field.write(value, to: visitor.property.name, at: address)
        } catch {
            if flaw != .swallowsRefusals { throw error }
        }
    }

    func push(to listener: @escaping @Sendable (DeviceNews) -> Void) {
        // Nobody closes a session that hangs.
        guard flaw != .hangsInReading else { return }
        let name = flaw == .pushesStrangers ? "stranger" : "level"
        let pushing = Task { [field, address] in
            while !Task.isCancelled {
                if let value = try? field.read("level", at: address) {
                    listener(.sample(property: name, Sample(value)))
                }
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
        state.withLock { $0.pushing = pushing }
    }

    func close() async {
        let (wasClosed, pushing) = state.withLock { state in
            defer { state.isClosed = true }
            return (state.isClosed, state.pushing)
        }
        if !wasClosed { shared.inUse.withLock { $0 -= 1 } }
        if flaw == .hangsInClose, wasClosed { await Self.hang() }
        while flaw == .hangsWhenAway, field.isAway(address) { try? await Task.sleep(for: .milliseconds(20)) }
        guard flaw != .pushesAfterClose else { return }
        pushing?.cancel()
        await pushing?.value
    }

    /// Suspends until the test gives up waiting.
    private static func hang() async { try? await Task.sleep(for: .seconds(60)) }
}
