// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Opens serial lines, for this process alone.
struct SerialOpener {
    /// Whoever is just leaving is waited for.
    private static let patience = Duration.milliseconds(500)

    let ports: SerialPorts
    let stop: StopSignal
    /// Told what could not be set but may not matter.
    let onDoubt: (String) -> Void

    /// Opens a line.
    /// - Parameter path: The device to open, which may be another one than configured.
    func open(_ path: String, _ settings: SerialSettings) throws(BusFault) -> RTUPort {
        // Before anything else: opening alone moves the line's control signals, which may disturb whoever uses it.
        var lock = try SerialLock.acquire(device: SerialIdentity.real(path) ?? path, in: ports.locks)
        let context = try ModbusContext.serial(path, settings)
        do throws(SystemError) {
            try context.open()
        } catch {
            // The C library's word for settings that the terminal did not keep.
            if error.number == EINVAL {
                throw .unreachable("it does not take \(settings); pseudo terminals know no parity")
            }
            throw .unreachable(error.description)
        }
        try lockTerminal(context.descriptor)
        lock?.confirm()
        _ = modbus_terminal_hurry(context.descriptor)
        switchDirection(of: context, path, settings)
        return RTUPort(terminal: context, lock: lock)
    }

    /// Keeps others away: this process under another name of the device, and, unless privileged, everybody else.
    private func lockTerminal(_ terminal: CInt) throws(BusFault) {
        let end = ContinuousClock.now + Self.patience
        while flock(terminal, LOCK_EX | LOCK_NB) != 0, ContinuousClock.now < end {
            if case .stopped = Descriptor(number: stop.descriptor).wait(atMost: .milliseconds(20), orUntil: stop) {
                throw .cancelled
            }
        }
        guard flock(terminal, LOCK_EX | LOCK_NB) == 0 else {
            throw .unreachable("it is in use already, by another program or under another name of the same device")
        }
        guard modbus_terminal_lock(terminal) == 0 else {
            throw .unreachable("it is no serial line: \(SystemError.last)")
        }
    }

    private func switchDirection(of context: borrowing ModbusContext, _ path: String, _ settings: SerialSettings) {
        do throws(SystemError) {
            if settings.isRS485 { try context.enableRS485() }
        } catch {
            onDoubt("the kernel cannot switch \(path) to RS-485 (\(error)); adapters that do it themselves work")
        }
        do throws(SystemError) {
            if settings.rts != .none { try context.switchRTS(settings.rts) }
        } catch {
            onDoubt("RTS of \(path) cannot be switched (\(error))")
        }
    }
}
