// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Runs a station on the calling thread: waits for packets, commands and the time.
struct SimulatorLoop<Station: SimulatorStation>: ~Copyable {
    private var station: Station
    private let descriptor: CInt
    private let inbox: SimulatorInbox
    private var control: SimulatorControl?
    private let start = ContinuousClock.now

    /// Takes over the descriptor, which is closed at the end.
    init(_ station: Station, on descriptor: CInt, inbox: SimulatorInbox, control: consuming SimulatorControl?) {
        self.station = station
        self.descriptor = descriptor
        self.inbox = inbox
        self.control = control
    }

    deinit {
        close(descriptor)
    }

    /// Serves until the other side or the inbox ends it.
    mutating func run() {
        while true {
            station.advance(to: now)
            // Before the packets: who has an answer finds what the peripheral has done before it.
            inbox.peripherals = station.peripherals
            inbox.adapterIndex = station.adapterIndex
            guard flush(), !station.isFinished else { return }
            wait()
            guard takePackets(), let commands = inbox.take() else { return }
            for command in commands { station.apply(command, at: now) }
            takeLines()
        }
    }

    private var now: Duration { start.duration(to: .now) }

    private mutating func flush() -> Bool {
        for packet in station.takePackets() {
            guard Packets.write(packet, to: descriptor) else { return false }
        }
        return true
    }

    private func wait() {
        var entries = [descriptor, inbox.descriptor, controlDescriptor].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        _ = unsafe poll(&entries, nfds_t(entries.count), timeout)
    }

    /// -1 when there is none, which poll passes over.
    private var controlDescriptor: CInt {
        switch control {
        case .some(let control): control.descriptor
        case .none: -1
        }
    }

    /// Rounded up, so that what is awaited is due when the wait ends.
    private var timeout: CInt {
        guard let due = station.nextDue else { return -1 }
        return CInt(clamping: Int(((due - now) / .milliseconds(1)).rounded(.up).clamped(to: 0...60_000)))
    }

    private mutating func takePackets() -> Bool {
        while let packet = Packets.read(descriptor) {
            guard !packet.isEmpty else { return false }
            station.receive(packet, at: now)
        }
        return true
    }

    private mutating func takeLines() {
        for line in control?.takeLines() ?? [] {
            if let command = SimulatorCommand(line) { station.apply(command, at: now) }
        }
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
