// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Dispatch
import Glibc
import MapperKit
import Synchronization

/// Scans passively through a raw socket beside the kernel, and hands out every advertising report.
///
/// The closures are called on a queue of its own.
final class HCIScanner: Sendable {
    private struct State: Sendable {
        var scan: HCIScan
        var timer: Task<Void, Never>?
        /// When the timer rings.
        var alarm: Duration?
        var isClosed = false
    }

    private let clock: any MapperClock
    private let queue = DispatchQueue(label: "bluetooth.scan")
    private let socket: Mutex<PacketSocket?> = Mutex(nil)
    private let state: Mutex<State>
    private let report: @Sendable ([UInt8]) -> Void
    private let notice: @Sendable (HCIScanNotice) -> Void

    /// Takes a raw socket, which it closes in the end.
    /// - Parameters:
    ///   - report: Called with the parameters of each LE Meta event that carries reports, from the subevent's code on.
    ///   - notice: Called when something changes about the scanning itself.
    init(
        descriptor: CInt,
        settings: HCIScanSettings,
        clock: any MapperClock,
        report: @escaping @Sendable ([UInt8]) -> Void,
        notice: @escaping @Sendable (HCIScanNotice) -> Void = { _ in }
    ) {
        self.clock = clock
        self.report = report
        self.notice = notice
        state = Mutex(State(scan: HCIScan(settings)))
        let packets = PacketSocket(descriptor, largestPacket: HCISocket.packetSize) { [weak self, queue] event in
            queue.async { [weak self] in self?.receive(event) }
        }
        socket.withLock { $0 = packets }
        packets.start()
    }

    deinit {
        // Nobody else can be sending: the queue's closures do not keep this object.
        finish()
    }

    /// Opens an adapter's raw socket.
    static func open(
        adapter index: UInt16,
        settings: HCIScanSettings,
        clock: any MapperClock,
        report: @escaping @Sendable ([UInt8]) -> Void,
        notice: @escaping @Sendable (HCIScanNotice) -> Void = { _ in }
    ) throws(BluetoothErrno) -> HCIScanner {
        HCIScanner(
            descriptor: try HCISocket.openRaw(device: index),
            settings: settings,
            clock: clock,
            report: report,
            notice: notice
        )
    }

    /// Begins scanning.
    func start() {
        later { scan, now in scan.start(now) }
    }

    /// Begins anew in a moment; to be called before every attempt to connect, which ends scanning without a word.
    func disturb() {
        later { scan, now in scan.disturb(now) }
    }

    /// Begins anew; to be called after every attempt to connect, whatever came of it.
    func resume() {
        later { scan, now in scan.resume(now) }
    }

    /// Leaves the controller alone until ``rearm()``; to be called before discovering.
    func hold() {
        later { scan, now in scan.hold(now) }
    }

    /// Begins anew; to be called after discovering.
    func rearm() {
        later { scan, now in scan.rearm(now) }
    }

    /// Ends scanning and closes the socket; returns when that is done.
    func stop() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.finish()
                continuation.resume()
            }
        }
    }

    // MARK: - On the queue

    private func later(_ step: @escaping @Sendable (inout HCIScan, Duration) -> [HCIScan.Action]) {
        queue.async { [weak self] in self?.perform(step) }
    }

    private func perform(_ step: (inout HCIScan, Duration) -> [HCIScan.Action]) {
        let now = clock.uptime
        var actions = state.withLock { $0.isClosed ? [] : step(&$0.scan, now) }
        while !actions.isEmpty {
            switch actions.removeFirst() {
            case .send(let command):
                do throws(BluetoothErrno) {
                    try send(command)
                } catch {
                    actions += state.withLock { $0.scan.notSent(error, now) }
                }
            case .listenToAnswers: filter([HCIEvent.complete, HCIEvent.status, HCIEvent.lowEnergyMeta])
            case .listenToReports: filter([HCIEvent.lowEnergyMeta])
            case .report(let bytes): report(bytes)
            case .tell(let news): notice(news)
            }
        }
        setAlarm()
    }

    private func send(_ command: HCICommand) throws(BluetoothErrno) {
        guard let socket = socket.withLock({ $0 }) else { throw BluetoothErrno(ENOTCONN) }
        try socket.send(command.packet)
    }

    private func receive(_ event: PacketSocket.Event) {
        switch event {
        case .packet(let packet): perform { scan, now in scan.receive(packet, now) }
        case .closed(let number):
            finish()
            notice(.closed(BluetoothErrno(number == 0 ? ENOTCONN : number)))
        }
    }

    /// Ends scanning as far as that is still possible.
    private func finish() {
        let (actions, timer) = state.withLock { state in
            defer { state.isClosed = true }
            return (state.isClosed ? [] : state.scan.stop(), state.timer)
        }
        for case .send(let command) in actions { try? send(command) }
        timer?.cancel()
        socket.withLock { $0.take() }?.close()
    }

    /// Sees to it that the next deadline is not missed; one that has moved on is looked at when the old one rings.
    private func setAlarm() {
        state.withLock { state in
            guard !state.isClosed, let deadline = state.scan.deadline, deadline < state.alarm ?? .seconds(Int64.max)
            else { return }
            state.timer?.cancel()
            state.alarm = deadline
            state.timer = Task { [clock, weak self] in
                guard (try? await clock.sleep(untilUptime: deadline)) != nil else { return }
                self?.ring()
            }
        }
    }

    private func ring() {
        queue.async { [weak self] in
            self?.state.withLock { $0.alarm = nil }
            self?.perform { scan, now in scan.timePassed(now) }
        }
    }

    /// Says which events the socket lets through; a socket of another kind than HCI lets all through anyway.
    private func filter(_ events: [UInt8]) {
        let bits = events.reduce(UInt64(0)) { $0 | 1 << UInt64($1 & 63) }
        let filter = hci_filter(
            type_mask: 1 << 4,
            event_mask: (UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32)),
            opcode: 0
        )
        socket.withLock { $0 }?.withDescriptor { descriptor in
            _ = unsafe withUnsafeBytes(of: filter) { bytes in
                unsafe setsockopt(descriptor, SOL_HCI, HCI_FILTER, bytes.baseAddress, socklen_t(bytes.count))
            }
        }
    }
}
