// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Asks the system's resolver on threads of its own, because nothing can end a resolver that hangs.
///
/// A host is looked up once at a time, and a few hosts together.
final class NameService: Sendable {
    /// How many lookups may hang at the same time.
    static let limit = 8

    private let lookups = Mutex<[String: NameLookup]>([:])
    private let resolve: @Sendable (String) -> Result<[SocketAddress], BusFault>

    init(resolve: @escaping @Sendable (String) -> Result<[SocketAddress], BusFault> = SocketAddress.resolve) {
        self.resolve = resolve
    }

    /// The addresses of a host; addresses in numbers are taken as they are.
    /// - Parameters:
    ///   - time: How long the resolver may take; it works on behind the caller's back.
    ///   - stop: Ends the waiting at once.
    func addresses(of host: String, within time: Duration, orUntil stop: StopSignal) throws(BusFault)
        -> [SocketAddress]
    {
        if let address = SocketAddress.numeric(host) { return [address] }
        let lookup = try lookup(host)
        switch Descriptor(number: lookup.end.descriptor).wait(atMost: time, orUntil: stop) {
        case .stopped: throw .cancelled
        case .nothing, .closed, .readable: break
        }
        guard let answer = lookup.answer else {
            throw .unreachable("the name \(host) was not resolved within \(time.milliseconds) ms")
        }
        return try answer.get()
    }

    /// The lookup under way for a host, or a new one.
    private func lookup(_ host: String) throws(BusFault) -> NameLookup {
        do {
            return try lookups.withLock { lookups in
                if let lookup = lookups[host] { return lookup }
                guard lookups.count < Self.limit else {
                    throw BusFault.unreachable(
                        "the name \(host) cannot be resolved: the resolver has not answered for \(Self.limit) others yet"
                    )
                }
                let lookup = try NameLookup()
                try DedicatedThread.start { [self] in
                    let answer = resolve(host)
                    self.lookups.withLock { $0[host] = nil }
                    lookup.finish(with: answer)
                }
                lookups[host] = lookup
                return lookup
            }
        } catch let fault as BusFault {
            throw fault
        } catch {
            throw .unreachable("\(error)")
        }
    }
}
