// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Keeps one adapter ready: finds it, switches it on, gives the kernel the keys of earlier pairings, and answers the
/// kernel's questions while pairing; again after it was unplugged or switched off.
actor AdapterKeeper {
    /// The kernel's reason for a link that ended because the peripheral does not know the key (BlueZ mgmt-api, Device
    /// Disconnected).
    private static let authenticationFailure: UInt8 = 4

    private let name: String
    nonisolated let rules = PairingRules()
    nonisolated let pairings = PairingWatch()
    private let keyFolder: String
    private let clock: any MapperClock
    private let logger: Logger
    private let onLoss: @Sendable () -> Void
    private var current: Adapter?
    private var preparation: Task<Result<Adapter, DeviceError>, Never>?
    private var management: ManagementSocket?
    private var duties: [Task<Void, Never>] = []
    private var keys = KeyRing()
    /// What was complained of already; the same is not said at every attempt.
    private var complaints: Set<String> = []

    /// - Parameters:
    ///   - name: `hci0`, or an adapter's address.
    ///   - keyFolder: Where the keys of pairings are kept.
    ///   - onLoss: Called when the adapter was unplugged or switched off.
    init(
        _ name: String,
        keyFolder: String,
        clock: any MapperClock,
        logger: Logger,
        onLoss: @escaping @Sendable () -> Void
    ) {
        self.name = name
        self.keyFolder = keyFolder
        self.clock = clock
        self.onLoss = onLoss
        var logger = logger
        logger[metadataKey: "adapter"] = "\(name)"
        self.logger = logger
    }

    deinit {
        for duty in duties { duty.cancel() }
        management?.close()
    }

    /// Gives the adapter, switched on.
    /// - Throws: ``DeviceError`` when there is none, or it cannot be switched on.
    func ready() async throws(DeviceError) -> Adapter {
        if let current { return current }
        let task = preparation ?? Task { await prepare() }
        preparation = task
        let result = await task.value
        preparation = nil
        return try result.get()
    }

    /// Switches the adapter off and on.
    func cycle() async {
        guard let adapter = current else { return }
        complain("nothing could be connected for long; switching the adapter off and on", again: true)
        do throws(ManagementError) {
            try await adapter.cycle()
        } catch {
            complain("switching off and on: \(error)")
        }
    }

    /// Takes a rule for pairing, before the peripheral is connected.
    func admit(_ address: BluetoothAddress, _ rule: PairingRule?) async {
        guard rules.set(rule, for: address), let current else { return }
        do throws(ManagementError) {
            try await current.tell(rules.agent.capability)
        } catch {
            complain(about: error)
        }
    }

    // MARK: Getting ready

    private func prepare() async -> Result<Adapter, DeviceError> {
        do throws(ManagementError) {
            let management = try control()
            let adapter = try await Adapter.find(name, on: management, clock: clock)
            try await switchOn(adapter)
            watch(adapter, on: management)
            await lengthenPatience(of: adapter)
            await restoreKeys(of: adapter)
            await answerPairing(on: adapter)
            current = adapter
            if !complaints.isEmpty { logger.info("the adapter is ready", metadata: ["address": "\(adapter.address)"]) }
            complaints = complaints.filter { $0.contains(Self.privilege) }
            return .success(adapter)
        } catch {
            if error.endsChannel { management = nil }
            return .failure(DeviceError(.unreachable, "adapter \(name): \(error)", underlyingError: error))
        }
    }

    private func control() throws(ManagementError) -> ManagementSocket {
        if let management { return management }
        let opened = try ManagementSocket.open(clock: clock)
        management = opened
        return opened
    }

    private func switchOn(_ adapter: Adapter) async throws(ManagementError) {
        do {
            try await adapter.powerOn()
        } catch {
            guard error.status == .permissionDenied else { throw error }
            let state = try await adapter.info().current
            guard state.isSuperset(of: [.lowEnergy, .powered]) else { throw error }
        }
    }

    /// Has links survive two seconds without a packet; the kernel's own 0.42 s lose many where the air is busy.
    private func lengthenPatience(of adapter: Adapter) async {
        do throws(ManagementError) {
            try await adapter.set([.supervisionTimeout(200)])
        } catch {
            // Older kernels do not know it; links break earlier then, and are made again.
            if error.status == .permissionDenied { complain(about: error) }
        }
    }

    // MARK: What goes on beside

    private func watch(_ adapter: Adapter, on management: ManagementSocket) {
        let index = adapter.index
        let events = management.events { event in
            guard event.index == index else { return false }
            switch event.event {
            case .indexRemoved, .newSettings: return true
            case .deviceDisconnected(_, let reason): return reason == Self.authenticationFailure
            default: return false
            }
        }
        duties.append(
            Task { [weak self] in
                for await event in events {
                    switch event.event {
                    case .indexRemoved: await self?.lost("it was unplugged")
                    case .newSettings(let settings) where !settings.contains(.powered):
                        await self?.lost("it was switched off")
                    case .deviceDisconnected(let peer, _): await self?.keyRefused(by: peer, on: adapter)
                    default: continue
                    }
                }
                await self?.lost("the control channel was closed")
            }
        )
    }

    /// Forgets a key that its peripheral does not know any more, so that the next connection pairs anew, if that is
    /// allowed without a person.
    private func keyRefused(by peer: MGMTAddress, on adapter: Adapter) async {
        guard keys.longTermKeys.contains(where: { $0.peer == peer }), rules.allow(peer.address) else { return }
        complain("\(peer.address) does not know the key of its pairing any more, it is paired with anew", again: true)
        do throws(ManagementError) {
            try await adapter.unpair(peer)
        } catch {
            complain(about: error)
        }
        keep(.forget(peer), of: adapter)
    }

    private func lost(_ reason: String) {
        guard current != nil else { return }
        current = nil
        for duty in duties { duty.cancel() }
        duties = []
        complain("the adapter is gone: \(reason)", again: true)
        onLoss()
    }

    /// Becomes the kernel's agent; returns once that is known to the kernel, or cannot be.
    private func answerPairing(on adapter: Adapter) async {
        let (begun, feed) = AsyncStream.makeStream(of: Void.self)
        let (decisions, decide) = AsyncStream.makeStream(of: (PairingDecision, ManagementError?).self)
        duties.append(
            Task { [weak self, rules] in
                do throws(ManagementError) {
                    try await adapter.answerPairing(rules.agent, began: { feed.finish() }) { decide.yield(($0, $1)) }
                } catch {
                    await self?.complain(about: error)
                }
                feed.finish()
                decide.finish()
            }
        )
        duties.append(
            Task { [weak self] in
                for await (decision, error) in decisions { await self?.decided(decision, error, on: adapter) }
            }
        )
        for await _ in begun {}
    }

    private func decided(_ decision: PairingDecision, _ error: ManagementError?, on adapter: Adapter) {
        switch decision {
        case .accept, .keepIdentityKey: logger.debug("\(decision)")
        case .keepLongTermKey(let key): logger.info("paired with \(key.peer.address)")
        case .forget: logger.info("\(decision)")
        case .show: logger.notice("\(decision)")
        case .refuse(_, let reason):
            complain("\(decision)")
            if let peer = decision.refused { pairings.failed(peer.address, reason) }
        case .failed(let peer, let status):
            complain("\(decision)")
            pairings.failed(peer.address, "\(status)")
        }
        if let error { complain("\(decision): \(error)") }
        keep(decision, of: adapter)
    }

    // MARK: Keys

    private func store(of adapter: Adapter) -> KeyStore { KeyStore(path: "\(keyFolder)/\(adapter.address).keys") }

    private func restoreKeys(of adapter: Adapter) async {
        do throws(KeyStoreError) {
            let (ring, problems) = try store(of: adapter).load()
            for problem in problems { complain("\(problem)") }
            keys = ring
        } catch {
            complain("\(error)")
        }
        // The kernel forgets all keys that it is not given; without any of our own, those of others are left alone.
        guard keys != KeyRing() else { return }
        do throws(ManagementError) {
            try await adapter.load(keys)
        } catch {
            complain(about: error)
        }
    }

    private func keep(_ decision: PairingDecision, of adapter: Adapter) {
        guard keys.apply(decision) else { return }
        do throws(KeyStoreError) {
            try store(of: adapter).save(keys)
        } catch {
            complain("\(error); the device has to be paired anew after a restart")
        }
    }

    // MARK: Saying so

    private static let privilege = "CAP_NET_ADMIN"

    private func complain(about error: ManagementError) {
        guard error.status == .permissionDenied else { return complain("\(error)") }
        complain("without \(Self.privilege) there is no pairing, no search by name, and no signal strength")
    }

    private func complain(_ sentence: String, again: Bool = false) {
        guard complaints.insert(sentence).inserted || again else { return }
        logger.warning("\(sentence)")
    }
}
