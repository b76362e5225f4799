// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Protects a link as far as a profile allows, before anything is asked or when the peripheral wants it.
struct LinkSecurity: Sendable {
    let channel: ATTChannel
    let link: RadioLink
    /// What the profile says; `nil` for as the peripheral asks.
    let demand: SecurityDemand?
    /// How long pairing may take.
    let limit: Duration

    /// Protects the link where the profile demands it from the beginning; after an answer to something, as some kernels
    /// say before that they have no pairing.
    func begin() async throws(L2CAPFault) {
        switch demand {
        case .encrypted: try await raise(to: .medium)
        case .authenticated: try await raise(to: .high)
        case .some(.none), nil: return
        }
    }

    /// Does something; when the peripheral wants more protection for it, protects the link and does it again.
    func securing<Value>(_ body: () async throws(GATTFault) -> Value) async throws(GATTFault) -> Value {
        do {
            return try await body()
        } catch {
            guard case .failed(.refused(let code)) = error, code.wantsSecurity, demand == nil else { throw error }
            do throws(L2CAPFault) {
                // With a key of an earlier pairing that is enough; without, the kernel pairs now.
                try await raise(to: .medium)
            } catch let obstacle {
                throw .unprotected(code, obstacle)
            }
        }
        return try await body()
    }

    /// Pairs if need be; ends as soon as it is known that pairing has failed, of which the socket says nothing.
    private func raise(to level: L2CAPSecurity) async throws(L2CAPFault) {
        guard !link.isPrivate else { return }
        guard let descriptor = channel.duplicate() else { throw .cancelled }
        defer { L2CAPSocket.close(descriptor) }
        let refusal = Mutex<String?>(nil)
        let attempt = Task { [limit] () async -> L2CAPFault? in
            do throws(L2CAPFault) {
                try await L2CAPSocket.raise(descriptor, to: level, within: limit)
                return nil
            } catch {
                return error
            }
        }
        let token = link.pairing.watch(link.peer.address) { reason in
            refusal.withLock { $0 = reason }
            attempt.cancel()
        }
        let fault = await withTaskCancellationHandler {
            await attempt.value
        } onCancel: {
            attempt.cancel()
        }
        link.pairing.forget(token)
        guard let fault else { return }
        if let reason = refusal.withLock(\.self) { throw .notPaired(reason) }
        throw fault
    }
}
