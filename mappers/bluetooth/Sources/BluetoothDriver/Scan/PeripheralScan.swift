// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit
import Synchronization

/// Finds out who is in reach: by the kernel's discovery, which knows names, and by listening to every packet, which alone
/// hears beacons in number; by one of them where only one is permitted.
package final class PeripheralScan: Sendable {
    private struct State {
        var adapter = ""
        var survey = AirSurvey()
        var assembly = AdvertisementAssembly()
        var shortfalls: [String] = []
        /// Why packets are not received.
        var deafness: BluetoothErrno?
    }

    /// How long discovery runs at a time beside listening; names come with the first packets.
    private static let discovery = Duration.seconds(5)
    /// How long is only listened in between.
    private static let listening = Duration.seconds(10)
    /// How often it is looked whether listening is still possible.
    private static let glance = Duration.milliseconds(200)

    private let adapter: String?
    private let clock: any MapperClock
    private let state = Mutex(State())

    /// Prepares a scan.
    /// - Parameters:
    ///   - adapter: The radio's name or address; `nil` for the first that can do Low Energy.
    ///   - clock: Measures it.
    package init(adapter: String?, clock: any MapperClock) {
        self.adapter = adapter
        self.clock = clock
    }

    /// What is known by now.
    package var report: AirReport {
        let (adapter, survey, shortfalls) = state.withLock { ($0.adapter, $0.survey, $0.shortfalls) }
        return AirReport(adapter: adapter, peripherals: survey.peripherals, shortfalls: shortfalls)
    }

    /// Scans for a time, or until the task is cancelled; then ``report`` is complete.
    /// - Throws: ``PeripheralScanError`` when neither way is possible, and nobody was heard.
    package func run(for time: Duration) async throws(PeripheralScanError) {
        let management: ManagementSocket
        let adapter: Adapter
        do throws(ManagementError) {
            management = try ManagementSocket.open(clock: clock)
            adapter = try await ready(on: management)
        } catch {
            throw PeripheralScanError("\(error)")
        }
        defer { management.close() }
        state.withLock { $0.adapter = "hci\(adapter.index)" }
        let scanner = listener(on: adapter)
        scanner?.start()
        let discovers = await alternate(adapter, scanner, for: time)
        await scanner?.stop()
        let (isEmpty, shortfalls) = state.withLock { ($0.survey.isEmpty, $0.shortfalls) }
        guard !isEmpty || discovers || hears(scanner) else {
            throw PeripheralScanError(shortfalls.joined(separator: "; "))
        }
    }

    private func ready(on management: ManagementSocket) async throws(ManagementError) -> Adapter {
        let found = try await Adapter.find(adapter, on: management, clock: clock)
        do throws(ManagementError) {
            try await found.powerOn()
        } catch {
            // Somebody else may have switched it on for us.
            guard let info = try? await found.info(), info.current.contains(.powered) else { throw error }
        }
        return found
    }

    // MARK: Listening

    private func listener(on adapter: Adapter) -> HCIScanner? {
        do throws(BluetoothErrno) {
            return try HCIScanner.open(
                adapter: adapter.index,
                settings: HCIScanSettings(),
                clock: clock,
                report: { [weak self] in self?.hear($0) },
                notice: { [weak self] in self?.note($0) }
            )
        } catch {
            becomeDeaf(error)
            return nil
        }
    }

    private func hear(_ parameters: [UInt8]) {
        let now = clock.uptime
        // The event's head, which the scanner has taken off.
        let packet = [0x3E, UInt8(truncatingIfNeeded: parameters.count)] + parameters
        state.withLock { state in
            for report in HCIAdvertisingReport.reports(in: packet) {
                if let whole = state.assembly.add(report, at: now) { state.survey.hear(whole) }
            }
        }
    }

    private func note(_ notice: HCIScanNotice) {
        switch notice {
        case .notSent(let error, _) where !error.isTransient: becomeDeaf(error)
        case .closed(let error): becomeDeaf(error)
        case .scanning, .silent, .refused, .unanswered, .notSent: break
        }
    }

    private func becomeDeaf(_ error: BluetoothErrno) {
        state.withLock { state in
            guard state.deafness == nil else { return }
            state.deafness = error
            state.shortfalls.append("no passive scan, so that most packets of beacons are missed: \(error)")
        }
    }

    private func hears(_ scanner: HCIScanner?) -> Bool { scanner != nil && state.withLock { $0.deafness == nil } }

    private func listen(until end: Duration, _ scanner: HCIScanner?) async {
        while clock.uptime < end, hears(scanner) {
            let next = min(end, clock.uptime + Self.glance)
            guard (try? await clock.sleep(untilUptime: next)) != nil else { return }
        }
    }

    // MARK: Both ways in turn

    /// - Returns: whether discovery was possible to the end.
    private func alternate(_ adapter: Adapter, _ scanner: HCIScanner?, for time: Duration) async -> Bool {
        let end = clock.uptime + time
        var discovers = true
        while !Task.isCancelled, clock.uptime < end, discovers || hears(scanner) {
            let rest = end - clock.uptime
            if discovers {
                // Discovery ends a scan past the kernel without a word.
                scanner?.hold()
                discovers = await discover(adapter, for: hears(scanner) ? min(Self.discovery, rest / 2) : rest)
                scanner?.rearm()
            }
            await listen(until: discovers ? min(end, clock.uptime + Self.listening) : end, scanner)
        }
        return discovers
    }

    private func discover(_ adapter: Adapter, for time: Duration) async -> Bool {
        do throws(ManagementError) {
            _ = try await adapter.discover(for: time) { peer in
                state.withLock { $0.survey.note(peer) }
                return false
            }
            return true
        } catch {
            state.withLock { state in
                state.shortfalls.append("no discovery, so that names may be missing: \(error)")
            }
            return false
        }
    }
}
