// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension Adapter {
    /// Becomes the adapter's agent for pairing, and answers until the task is cancelled or the channel closes.
    ///
    /// Has to be called anew for an adapter that was unplugged and has come back.
    /// - Parameters:
    ///   - agent: Asked for each event, so that the rules may change; its capability is told once.
    ///   - began: Called once the kernel knows of the agent.
    ///   - handle: Called for each decision after it was carried out, with the error if that failed.
    func answerPairing(
        _ agent: @autoclosure @escaping @Sendable () -> PairingAgent,
        began: () -> Void = {},
        handle: (PairingDecision, ManagementError?) -> Void
    ) async throws(ManagementError) {
        // Before registering, so that no event is missed.
        let events = management.events { [index] in $0.index == index && agent().decide($0.event) != nil }
        try await tell(agent().capability)
        try await management.send(.setBondable(true), to: index)
        began()
        for await event in events {
            guard let decision = agent().decide(event.event) else { continue }
            handle(decision, await carryOut(decision))
        }
    }

    /// Tells the kernel what the agent can do, when that has changed.
    func tell(_ capability: MGMTCommand.Capability) async throws(ManagementError) {
        try await management.send(.setCapability(capability), to: index)
    }

    private func carryOut(_ decision: PairingDecision) async -> ManagementError? {
        guard let command = decision.command else { return nil }
        do throws(ManagementError) {
            try await management.send(command, to: index)
            return nil
        } catch {
            return error
        }
    }

    /// Gives the kernel the keys of earlier pairings; it forgets all others.
    func load(_ keys: KeyRing) async throws(ManagementError) {
        for command in keys.commands { try await management.send(command, to: index) }
    }

    /// Makes the kernel forget a pairing; one that it does not know of is all right.
    func unpair(_ peer: MGMTAddress) async throws(ManagementError) {
        do throws(ManagementError) {
            try await management.send(.unpair(peer, disconnect: true), to: index)
        } catch {
            guard error.status == .notPaired else { throw error }
        }
    }
}
