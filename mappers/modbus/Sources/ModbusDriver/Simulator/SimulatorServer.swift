// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Serves simulated units on one socket or terminal; runs on a thread of its own.
struct SimulatorServer: Sendable {
    /// Where requests come from.
    enum Source: Sendable {
        /// A listening socket, for any number of clients.
        case listener(CInt)
        /// The server's end of a serial line. Of a pseudo terminal the other end is kept open, so that the server is
        /// not told of a hang-up whenever a client leaves.
        case terminal(CInt, kept: CInt?)
    }

    /// Milliseconds after which bytes belong to another frame; terminals without a speed have no better measure.
    private static let frameGap: CInt = 50

    let source: Source
    let units: [UInt8: [SimulatedProperty]]
    let stop: StopSignal

    /// Serves until the stop signal is raised, then closes everything.
    func run() {
        let units = self.units.compactMapValues { SimulatedUnit($0) }
        switch source {
        case .listener(let socket): serve(socket, units)
        case .terminal(let terminal, let kept):
            serve(terminal: terminal, units)
            if let kept { close(kept) }
        }
    }

    private func serve(terminal: CInt, _ units: [UInt8: SimulatedUnit]) {
        defer { close(terminal) }
        guard let context = ServerContext.serial() else { return }
        var pending: [UInt8] = []
        while let ready = wait(for: [terminal], atMost: pending.isEmpty ? -1 : Self.frameGap) {
            // Silence ends a frame; what was no request by then never will be.
            guard !ready.isEmpty else {
                pending = []
                continue
            }
            guard let bytes = Descriptor(number: terminal).readSome() else { return }
            pending += bytes
            guard let length = SerialFrame.length(of: pending) else {
                if pending.count > SerialFrame.longest { pending = [] }
                continue
            }
            context.answer(Array(pending.prefix(length)), on: terminal, from: units)
            pending = []
        }
    }

    private func serve(_ listener: CInt, _ units: [UInt8: SimulatedUnit]) {
        var clients: [CInt] = []
        defer { for descriptor in clients + [listener] { close(descriptor) } }
        guard let context = ServerContext.tcp() else { return }
        while let ready = wait(for: [listener] + clients) {
            for descriptor in ready where descriptor != listener && !context.answer(on: descriptor, from: units) {
                close(descriptor)
                clients.removeAll { $0 == descriptor }
            }
            guard ready.contains(listener) else { continue }
            let client = accept(listener, nil, nil)
            // libmodbus waits with select, which knows no more descriptors than these.
            if client >= 1024 { close(client) } else if client >= 0 { clients.append(client) }
        }
    }

    /// The descriptors with something to read; `nil` once the signal is raised.
    private func wait(for descriptors: [CInt], atMost milliseconds: CInt = -1) -> [CInt]? {
        var entries = ([stop.descriptor] + descriptors).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard unsafe poll(&entries, nfds_t(entries.count), milliseconds) >= 0 else { return errno == EINTR ? [] : nil }
        guard entries[0].revents == 0 else { return nil }
        return entries.dropFirst().filter { $0.revents != 0 }.map(\.fd)
    }
}
