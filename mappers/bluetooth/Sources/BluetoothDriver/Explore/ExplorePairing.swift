// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Answers the kernel's questions about pairing with the one peripheral that is explored.
struct ExplorePairing: Sendable {
    let adapter: Adapter
    let agent: PairingAgent
    private let heard = Mutexed()

    /// Holds what was said.
    private final class Mutexed: Sendable {
        let remarks = Mutex<[String]>([])
    }

    init(with address: BluetoothAddress, passkey: UInt32?, on adapter: Adapter) {
        self.adapter = adapter
        agent = PairingAgent(rules: [address: passkey.map { .passkey($0) } ?? .justWorks])
    }

    /// What was refused or failed, a sentence each.
    var remarks: [String] { heard.remarks.withLock { $0 } }

    /// Does something while questions are answered.
    func answering<Value>(_ body: () async throws(ExploreError) -> Value) async throws(ExploreError) -> Value {
        let (begun, feed) = AsyncStream.makeStream(of: Void.self)
        let answering = Task { () -> ManagementError? in
            defer { feed.finish() }
            do throws(ManagementError) {
                try await adapter.answerPairing(agent, began: { feed.yield() }, handle: note)
                return nil
            } catch {
                return error
            }
        }
        defer { answering.cancel() }
        var beginnings = begun.makeAsyncIterator()
        guard await beginnings.next() != nil else {
            let reason = await answering.value.map { "\($0)" } ?? "cancelled"
            throw ExploreError("pairing is not possible: \(reason)")
        }
        return try await body()
    }

    private func note(_ decision: PairingDecision, _ error: ManagementError?) {
        let isTrouble =
            switch decision {
            case .refuse, .failed, .show: true
            case .accept, .keepLongTermKey, .keepIdentityKey, .forget: false
            }
        heard.remarks.withLock { remarks in
            if isTrouble { remarks.append("\(decision)") }
            if let error { remarks.append("pairing cannot be answered: \(error)") }
        }
    }
}
