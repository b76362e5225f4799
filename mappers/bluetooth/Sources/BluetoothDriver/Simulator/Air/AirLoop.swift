// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Lets clients of a Unix socket meet simulated peripherals, on the calling thread.
///
/// One packet is one message, and the first one of a client is text:
/// - `connect ADDRESS public|random`: answered by `connected RSSI` once a present peripheral has the address and the
///   kind; then every packet is a PDU of the Attribute Protocol. `failed N` with the kernel's error number, and the end, come
///   instead when the peripheral refuses (38) or has a link (16). Who is absent, of another kind, or takes no
///   connections, never answers. A lost link is a closed socket. The link counts as encrypted, as nobody can be between.
/// - `listen`: every packet is an advertising report, the parameters of the LE Meta event from the subevent's code on. Who
///   does not keep up loses reports.
/// - `control`: every packet is a line, which is answered by `ok` or `error: SENTENCE`.
///
/// Anything else is answered by `error: SENTENCE`, and the end.
struct AirLoop: ~Copyable {
    private var peripherals: [SimulatedPeripheral]
    private let names: SimulatorNames
    private let listener: CInt
    private let path: String
    private let inbox: SimulatorInbox
    private var clients: [AirClient] = []
    private var nextAdvertising: [Duration]
    private let start = ContinuousClock.now

    /// Takes over the listening socket, which is closed and removed at the end.
    init(
        _ peripherals: [SimulatedPeripheral],
        _ names: SimulatorNames,
        on listener: CInt,
        at path: String,
        inbox: SimulatorInbox
    ) {
        self.peripherals = peripherals
        self.names = names
        self.listener = listener
        self.path = path
        self.inbox = inbox
        nextAdvertising = peripherals.map { _ in .zero }
    }

    deinit {
        for client in clients { close(client.descriptor) }
        close(listener)
        _ = unsafe unlink(path)
    }

    /// Serves until the inbox ends it.
    mutating func run() {
        while true {
            for index in peripherals.indices { peripherals[index].runFaults(to: now) }
            admit()
            advanceLinks()
            advertise()
            sweep()
            inbox.peripherals = peripherals
            wait()
            accept()
            for index in clients.indices { takePackets(index) }
            guard let commands = inbox.take() else { return }
            for command in commands { apply(command) }
        }
    }

    private var now: Duration { start.duration(to: .now) }

    // MARK: Waiting

    private func wait() {
        var entries = ([listener, inbox.descriptor] + clients.map(\.descriptor)).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        _ = unsafe poll(&entries, nfds_t(entries.count), timeout)
    }

    /// Rounded up, so that what is awaited is due when the wait ends.
    private var timeout: CInt {
        let now = now
        var moments = peripherals.compactMap(\.nextDue) + peripherals.compactMap { $0.nextFault(after: now) }
        if clients.contains(where: { $0.role == .listener }) {
            for index in peripherals.indices where isAdvertising(index) { moments.append(nextAdvertising[index]) }
        }
        guard let due = moments.min() else { return -1 }
        return CInt(min(max(((due - now) / .milliseconds(1)).rounded(.up), 0), 60_000))
    }

    private mutating func accept() {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            clients.append(AirClient(descriptor: descriptor))
        }
    }

    // MARK: Packets

    private mutating func takePackets(_ index: Int) {
        while !clients[index].isClosed, let packet = Packets.read(clients[index].descriptor) {
            guard !packet.isEmpty else { return end(index) }
            switch clients[index].role {
            case .unknown: begin(index, packet)
            case .link(let peripheral): peripherals[peripheral].receive(packet, at: now)
            case .control: send(answer(to: String(decoding: packet, as: UTF8.self)), to: index)
            case .waiting, .listener: break
            }
        }
    }

    private mutating func begin(_ index: Int, _ packet: [UInt8]) {
        guard let role = AirClient.role(packet) else {
            let allowed = "'connect ADDRESS public|random', 'listen' and 'control' are allowed"
            send("error: \(allowed)", to: index)
            return end(index)
        }
        clients[index].role = role
    }

    private mutating func answer(to line: String) -> String {
        switch names.command(line) {
        case .failure(let mistake): return "error: \(mistake.text)"
        case .success(let command):
            apply(command)
            // Done before the answer: a lost link is closed, a value told.
            advanceLinks()
            return "ok"
        }
    }

    private mutating func apply(_ command: SimulatorCommand) {
        for index in peripherals.indices where peripherals[index].address == command.address {
            peripherals[index].apply(command.action, at: now)
        }
    }

    private mutating func send(_ text: String, to index: Int) { send(Array(text.utf8), to: index) }

    /// Sends without waiting; who does not take a packet of a link has lost it.
    private mutating func send(_ packet: [UInt8], to index: Int) {
        let descriptor = clients[index].descriptor
        guard unsafe Glibc.send(descriptor, packet, packet.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)) < 0
        else { return }
        if clients[index].role != .listener || errno != EAGAIN { end(index) }
    }

    private mutating func end(_ index: Int) {
        guard !clients[index].isClosed else { return }
        clients[index].isClosed = true
        if case .link(let peripheral) = clients[index].role { peripherals[peripheral].disconnect() }
    }

    /// Closes what has ended.
    private mutating func sweep() {
        for client in clients where client.isClosed { close(client.descriptor) }
        clients.removeAll(where: \.isClosed)
    }

    // MARK: Peripherals

    /// Makes the links that are waited for, as far as peripherals are there.
    private mutating func admit() {
        for index in clients.indices where !clients[index].isClosed {
            guard case .waiting(let peer) = clients[index].role,
                let found = peripherals.firstIndex(where: { peripheral in
                    VirtualPeer(peripheral.address, peripheral.kind) == peer && peripheral.isPresent
                        && peripheral.isConnectable
                })
            else { continue }
            if peripherals[found].isConnected {
                send("failed \(EBUSY)", to: index)
                end(index)
            } else if peripherals[found].refusals > 0 {
                peripherals[found].refusals -= 1
                send("failed \(ENOSYS)", to: index)
                end(index)
            } else {
                peripherals[found].connect(at: now)
                peripherals[found].encrypt()
                clients[index].role = .link(found)
                send("connected \(peripherals[found].rssi)", to: index)
            }
        }
    }

    private mutating func advanceLinks() {
        for index in clients.indices {
            guard !clients[index].isClosed, case .link(let peripheral) = clients[index].role else { continue }
            for event in peripherals[peripheral].advance(to: now) where !clients[index].isClosed {
                switch event {
                case .send(let pdu): send(pdu, to: index)
                case .disconnect: end(index)
                case .request: break
                }
            }
        }
    }

    private func isAdvertising(_ index: Int) -> Bool {
        peripherals[index].isPresent && !peripherals[index].isConnected
    }

    private mutating func advertise() {
        let listeners = clients.indices.filter { clients[$0].role == .listener }
        guard !listeners.isEmpty else { return }
        for index in peripherals.indices where isAdvertising(index) && nextAdvertising[index] <= now {
            nextAdvertising[index] = now + max(peripherals[index].advertisingInterval, .milliseconds(1))
            for report in reports(index) {
                for listener in listeners where !clients[listener].isClosed { send(report, to: listener) }
            }
        }
    }

    /// The advertisement, and the scan response where there is one: whoever listens here asks for it.
    private mutating func reports(_ index: Int) -> [[UInt8]] {
        let data = peripherals[index].advertisement(at: now)
        let peripheral = peripherals[index]
        let isScannable = !peripheral.scanResponse.isEmpty
        let peer = VirtualPeer(peripheral.address, peripheral.kind).octets
        func report(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
            let data = data.prefix(31)
            return [0x02, 1, type] + peer + [UInt8(data.count)] + data + [UInt8(bitPattern: peripheral.rssi)]
        }
        return [report(peripheral.isConnectable ? 0 : isScannable ? 2 : 3, data)]
            + (isScannable ? [report(4, peripheral.scanResponse)] : [])
    }
}
