// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import CLibBluetooth
import Glibc

/// Runs simulated peripherals on a thread of their own.
///
/// What it takes is sent from any thread; it ends when the other side does, with ``stop()``, or when it is let go.
final class SimulatorServer: Sendable {
    private let inbox: SimulatorInbox
    /// Ends when the simulator has.
    let ended: AsyncStream<Void>

    /// Serves one peripheral to the client at the other end of a socket of whole packets, of which it takes possession.
    ///
    /// A pair of them makes a connection inside a process, an accepted Unix socket one between two.
    /// - Parameter controlPath: Where a pipe for command lines is made.
    convenience init(
        _ peripheral: SimulatedPeripheral,
        on descriptor: CInt,
        controlPath: String? = nil
    ) throws(SimulatorProblem) {
        try self.init(DirectStation(peripheral), on: descriptor, controlPath: controlPath)
    }

    /// Plugs in an adapter whose surroundings are the peripherals; needs the kernel's `hci_vhci`, and root.
    /// - Parameter controlPath: Where a pipe for command lines is made.
    convenience init(
        adapter address: BluetoothAddress,
        around peripherals: [SimulatedPeripheral],
        controlPath: String? = nil
    ) throws(SimulatorProblem) {
        let descriptor = unsafe open("/dev/vhci", O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("/dev/vhci cannot be opened") }
        try self.init(VirtualController(address, peripherals), on: descriptor, controlPath: controlPath)
    }

    /// Listens at a Unix socket, whose clients meet the peripherals; see ``AirLoop``.
    init(
        at path: String,
        around peripherals: [SimulatedPeripheral],
        names: SimulatorNames = SimulatorNames()
    ) throws(SimulatorProblem) {
        let inbox = SimulatorInbox()
        self.inbox = inbox
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        inbox.peripherals = peripherals
        guard inbox.descriptor >= 0 else { throw .last("no pipe for commands") }
        let listener = try AirSocket.listen(at: path)
        DispatchQueue(label: "mapperkit.bluetooth.simulator").async {
            do {
                var loop = AirLoop(peripherals, names, on: listener, at: path, inbox: inbox)
                loop.run()
            }
            end.finish()
        }
    }

    private init(
        _ station: some SimulatorStation,
        on descriptor: CInt,
        controlPath: String?
    ) throws(SimulatorProblem) {
        let inbox = SimulatorInbox()
        self.inbox = inbox
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        inbox.peripherals = station.peripherals
        do throws(SimulatorProblem) {
            guard inbox.descriptor >= 0 else { throw .last("no pipe for commands") }
            let flags = fcntl(descriptor, F_GETFL)
            guard fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else { throw .last("no descriptor to serve on") }
            // Made here for its errors, opened anew by the thread, which alone may own it.
            if let controlPath { _ = try SimulatorControl(controlPath) }
        } catch {
            close(descriptor)
            throw error
        }
        DispatchQueue(label: "mapperkit.bluetooth.simulator").async {
            let control = controlPath.flatMap { path in try? SimulatorControl(path) }
            do {
                var loop = SimulatorLoop(station, on: descriptor, inbox: inbox, control: control)
                loop.run()
            }
            end.finish()
        }
    }

    deinit {
        inbox.stop()
    }

    /// The peripherals after the last packet or command, for what a test wants to know of them.
    var peripherals: [SimulatedPeripheral] { inbox.peripherals }

    /// Which adapter of the machine it is: the 0 of hci0; `nil` when it is none, or as long as nobody knows.
    var adapterIndex: UInt16? { inbox.adapterIndex }

    /// Lets something happen to a peripheral.
    func send(_ action: SimulatorCommand.Action, to address: BluetoothAddress) {
        inbox.send(SimulatorCommand(address: address, action: action))
    }

    /// Ends the connection, or pulls the adapter out.
    func stop() { inbox.stop() }
}
