// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Synchronization

/// Is the air of a simulator, reached over a Unix socket, for machines without Bluetooth.
///
/// One packet on the socket is one message. The first says what the connection is for: `connect ADDRESS KIND` makes a link
/// to a peripheral, on which PDUs of the attribute protocol follow once the answer was `connected RSSI`; `listen` has every
/// advertising report sent.
final class SocketRadio: Radio {
    private let path: String
    private let clock: any MapperClock
    private let scan: AirScan
    private let pairings = PairingWatch()

    /// - Parameter path: Where the simulator listens.
    init(_ path: String, clock: any MapperClock) {
        self.path = path
        self.clock = clock
        scan = AirScan(clock: clock) { report, closed async throws(DeviceError) in
            let descriptor = try UnixSocket.open(path, saying: "listen")
            return SocketEar(descriptor, report: report, closed: closed)
        }
    }

    func listen(
        to wanted: WantedPeer,
        _ hear: @escaping @Sendable (Advertisement) -> Void
    ) async throws(DeviceError) -> Listening {
        try await scan.listen(to: wanted, hear)
    }

    func connect(to wanted: WantedPeer, as terms: LinkTerms) async throws(DeviceError) -> RadioLink {
        let peer = try await peer(wanted, within: terms.limit)
        let descriptor = try UnixSocket.open(path, saying: "connect \(peer.address) \(peer.kind.rawValue)")
        let strength: Int?
        do throws(DeviceError) {
            strength = try await UnixSocket.waitForLink(descriptor, to: peer, within: terms.limit)
        } catch {
            close(descriptor)
            throw error
        }
        return RadioLink(
            peer: peer,
            descriptor: descriptor,
            isPrivate: true,
            signal: { strength },
            pairing: pairings,
            end: {}
        )
    }

    /// The peripheral, found by what it advertises when the profile does not say all of its address.
    private func peer(_ wanted: WantedPeer, within limit: Duration) async throws(DeviceError) -> Peer {
        if let peer = wanted.peer { return peer }
        let (found, feed) = AsyncStream.makeStream(of: Peer.self, bufferingPolicy: .bufferingNewest(1))
        let listening = try await scan.listen(to: wanted) { feed.yield(Peer(address: $0.address, kind: $0.kind)) }
        let deadline = clock.uptime + limit
        let timer = Task { [clock] in
            try? await clock.sleep(untilUptime: deadline)
            feed.finish()
        }
        let peer = await found.first { _ in true }
        timer.cancel()
        await listening.end()
        if let peer { return peer }
        let code: DeviceError.Code = Task.isCancelled ? .cancelled : .unreachable
        throw DeviceError(code, "\(wanted) was not heard within \(limit)")
    }
}
