// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit

/// Connects to a peripheral and finds out all it has, by reading only.
package struct PeripheralExplorer: Sendable {
    private let plan: ExplorePlan
    private let clock: any MapperClock
    private let progress: @Sendable (String) -> Void

    /// Prepares an exploration.
    /// - Parameters:
    ///   - plan: Whom to explore, and how.
    ///   - clock: Measures it.
    ///   - progress: Told what is being done, a line each.
    package init(_ plan: ExplorePlan, clock: any MapperClock, progress: @escaping @Sendable (String) -> Void) {
        self.plan = plan
        self.clock = clock
        self.progress = progress
    }

    /// Explores it.
    /// - Throws: ``ExploreError`` when it cannot be reached, or is lost.
    package func run() async throws(ExploreError) -> Exploration {
        let management: ManagementSocket
        let adapter: Adapter
        do throws(ManagementError) {
            management = try ManagementSocket.open(clock: clock)
            adapter = try await Adapter.find(plan.adapter, on: management, clock: clock)
            try await adapter.powerOn()
        } catch {
            throw ExploreError("\(error)")
        }
        defer { management.close() }
        let kind = try await kind(on: adapter)
        let peer = Peer(address: plan.address, kind: kind)
        guard plan.pairs else { return try await explore(peer, from: adapter) }
        let pairing = ExplorePairing(with: plan.address, passkey: plan.passkey, on: adapter)
        var result = try await pairing.answering { () async throws(ExploreError) in
            try await explore(peer, from: adapter)
        }
        result.passkey = plan.passkey
        result.remarks = pairing.remarks
        return result
    }

    /// Finds out the type of the address, unless it is given.
    private func kind(on adapter: Adapter) async throws(ExploreError) -> BluetoothAddress.Kind {
        if let kind = plan.kind { return kind }
        progress("looking for \(plan.address) for up to \(plan.connectLimit)")
        let found: [DiscoveredPeer]
        do throws(ManagementError) {
            found = try await adapter.discover(for: plan.connectLimit) { isWanted($0) }
        } catch {
            throw ExploreError("the type of \(plan.address) cannot be found out, give it with --type: \(error)")
        }
        guard let kind = found.first(where: isWanted)?.peer.kind else {
            let what = "\(plan.address) was not heard within \(plan.connectLimit)"
            throw ExploreError("\(what): out of reach, switched off, or connected to somebody else")
        }
        return kind
    }

    private func isWanted(_ found: DiscoveredPeer) -> Bool {
        found.peer.address == plan.address && found.peer.kind != nil
    }

    private func explore(_ peer: Peer, from adapter: Adapter) async throws(ExploreError) -> Exploration {
        progress("connecting to \(peer) for up to \(plan.connectLimit)")
        let channel: ATTChannel
        do throws(L2CAPFault) {
            let descriptor = try await L2CAPSocket.connect(
                to: peer.address,
                peer.kind,
                from: adapter.address,
                within: plan.connectLimit
            )
            channel = ATTChannel(descriptor, clock: clock)
        } catch {
            throw ExploreError("connecting to \(peer): \(error)")
        }
        defer { channel.close() }
        progress("connected, reading what there is")
        var result = Exploration(address: peer.address, kind: peer.kind, adapter: "hci\(adapter.index)")
        do throws(ATTFault) {
            try await channel.agreeOnSize(limit: plan.answerLimit)
        } catch {
            throw Self.error(error, peer)
        }
        do throws(GATTFault) {
            let client = GATTClient(channel: channel, limit: plan.answerLimit)
            result.services = try await TableWalk(client: client, plan: plan).services()
        } catch .failed(let fault) {
            throw Self.error(fault, peer)
        } catch {
            throw ExploreError("exploring \(peer): \(error)")
        }
        return result
    }

    /// The sentence that sessions have for it.
    private static func error(_ fault: ATTFault, _ peer: Peer) -> ExploreError {
        ExploreError(DeviceError(fault, "exploring", of: peer).message)
    }
}
