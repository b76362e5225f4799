// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Logging
import MapperKit
import Synchronization

/// Is one adapter of this machine, used through its kernel by all devices that are reached over it.
final class KernelRadio: Radio {
    /// How long the radio is looked through at most for a peripheral: others cannot be connected meanwhile.
    private static let searchLimit = Duration.seconds(5)
    /// Between attempts in which the link failed at once.
    private static let retryPause = Duration.milliseconds(100)

    private let keeper: AdapterKeeper
    private let scan: AirScan
    private let search: PeerSearch
    private let clock: any MapperClock
    private let logger: Logger
    /// Where peripherals were found that the profile does not name by address and kind of address.
    private let found: Mutex<[WantedPeer: Peer]> = Mutex([:])
    private let health = Mutex(AdapterHealth())

    /// - Parameters:
    ///   - name: `hci0`, or an adapter's address.
    ///   - keyFolder: Where the keys of pairings are kept.
    init(_ name: String, keyFolder: String, clock: any MapperClock, logger: Logger) {
        let losses = LossSignal()
        let keeper = AdapterKeeper(name, keyFolder: keyFolder, clock: clock, logger: logger) { losses.tell() }
        let log = ScanLog(logger)
        let scan = AirScan(clock: clock) { report, closed async throws(DeviceError) in
            let adapter = try await keeper.ready()
            return try Self.ear(of: adapter, clock, report) { notice in
                log.take(notice)
                if case .closed = notice { closed() }
            }
        }
        losses.onTell { [weak scan] in scan?.revive() }
        self.keeper = keeper
        self.scan = scan
        self.clock = clock
        self.logger = logger
        search = PeerSearch(clock: clock) { isEnough async throws(DeviceError) in
            let adapter = try await keeper.ready()
            scan.hold()
            defer { scan.rearm() }
            do throws(ManagementError) {
                _ = try await adapter.discover(for: Self.searchLimit, until: isEnough)
            } catch {
                throw DeviceError(.unreachable, "looking for devices: \(error)", underlyingError: error)
            }
        }
    }

    func listen(
        to wanted: WantedPeer,
        _ hear: @escaping @Sendable (Advertisement) -> Void
    ) async throws(DeviceError) -> Listening {
        try await scan.listen(to: wanted, hear)
    }

    private static func ear(
        of adapter: Adapter,
        _ clock: any MapperClock,
        _ report: @escaping @Sendable ([UInt8]) -> Void,
        _ notice: @escaping @Sendable (HCIScanNotice) -> Void
    ) throws(DeviceError) -> any Ear {
        do throws(BluetoothErrno) {
            let scanner = try HCIScanner.open(
                adapter: adapter.index,
                settings: HCIScanSettings(),
                clock: clock,
                report: report,
                notice: notice
            )
            scanner.start()
            return scanner
        } catch {
            throw DeviceError(.unreachable, "scanning on hci\(adapter.index): \(error)", underlyingError: error)
        }
    }

    func connect(to wanted: WantedPeer, as terms: LinkTerms) async throws(DeviceError) -> RadioLink {
        let adapter = try await keeper.ready()
        let candidates = try await candidates(for: wanted, terms)
        let limit = terms.limit / candidates.count
        var failure = DeviceError(.unreachable, "\(wanted) is nowhere")
        for peer in candidates {
            await keeper.admit(peer.address, terms.pairing)
            do throws(L2CAPFault) {
                let descriptor = try await link(to: peer, from: adapter.address, within: limit)
                logger.debug("connected to \(peer)", metadata: ["wanted": "\(wanted)"])
                found.withLock { $0[wanted] = peer }
                health.withLock { $0.connected() }
                return link(descriptor, peer, adapter)
            } catch {
                failure = DeviceError(error, "connecting to", to: peer)
                if error == .cancelled { throw failure }
            }
        }
        found.withLock { $0[wanted] = nil }
        if health.withLock({ $0.failed(at: clock.uptime) }) { await keeper.cycle() }
        throw failure
    }

    // MARK: Whom to connect to

    /// Where the peripheral may be, the most likely first.
    private func candidates(for wanted: WantedPeer, _ terms: LinkTerms) async throws(DeviceError) -> [Peer] {
        if let peer = wanted.peer ?? found.withLock({ $0[wanted] }) { return [peer] }
        do throws(DeviceError) {
            return [try await search.find(wanted, within: min(terms.limit, Self.searchLimit))]
        } catch {
            guard let address = wanted.address, error.underlyingError is ManagementError else { throw error }
            // Nobody may look; there are only two possibilities. Random addresses that last begin with two ones.
            let likely: BluetoothAddress.Kind = address.bytes[0] >= 0xC0 ? .random : .public
            return [Peer(address: address, kind: likely), Peer(address: address, kind: likely.other)]
        }
    }

    // MARK: Connecting

    /// Connects; a link that failed to be established is tried again at once, as the peripheral is there.
    private func link(
        to peer: Peer,
        from adapter: BluetoothAddress,
        within limit: Duration
    ) async throws(L2CAPFault) -> CInt {
        let deadline = clock.uptime + limit
        while true {
            do throws(L2CAPFault) {
                return try await attempt(peer, adapter, within: max(deadline - clock.uptime, Self.retryPause))
            } catch {
                // What was left of the time concerns nobody.
                if case .timedOut = error { throw .timedOut(limit) }
                guard error == .system(BluetoothErrno(ENOSYS)), clock.uptime + Self.retryPause < deadline else {
                    throw error
                }
            }
            guard (try? await clock.sleep(untilUptime: clock.uptime + Self.retryPause)) != nil else {
                throw .cancelled
            }
        }
    }

    private func attempt(
        _ peer: Peer,
        _ adapter: BluetoothAddress,
        within limit: Duration
    ) async throws(L2CAPFault) -> CInt {
        scan.disturb()
        defer { scan.resume() }
        return try await L2CAPSocket.connect(to: peer.address, peer.kind, from: adapter, within: limit)
    }

    private func link(_ descriptor: CInt, _ peer: Peer, _ adapter: Adapter) -> RadioLink {
        RadioLink(
            peer: peer,
            descriptor: descriptor,
            signal: {
                do throws(ManagementError) {
                    return try await adapter.signal(of: MGMTAddress(peer.address, peer.kind)).strength.map(Int.init)
                } catch {
                    guard error.status != .notConnected else { return nil }
                    throw DeviceError(.rejected, "asking how strong the link is: \(error)", underlyingError: error)
                }
            },
            pairing: keeper.pairings,
            end: { [weak self] in self?.health.withLock { $0.disconnected() } }
        )
    }
}
