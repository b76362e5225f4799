// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Owns the file through which a line is reached.
struct RTUPort: ~Copyable {
    let context: ModbusContext
    /// Whether the line is behind a connection.
    let isSocket: Bool
    /// Held while a terminal is open, so that no other program opens it.
    private let lock: SerialLock?

    /// Takes a connected socket.
    init(socket: CInt) throws(BusFault) {
        do throws(BusFault) {
            context = try .rtu(on: socket)
        } catch {
            close(socket)
            throw error
        }
        isSocket = true
        lock = nil
    }

    /// Takes a terminal that is open and locked.
    init(terminal context: consuming ModbusContext, lock: consuming SerialLock?) {
        self.context = context
        self.lock = lock
        isSocket = false
    }

    var descriptor: Descriptor { Descriptor(number: context.descriptor) }

    /// Reads what has arrived, without waiting.
    func readSome() throws(BusFault) -> [UInt8] {
        do throws(SystemError) {
            return try descriptor.take(isTerminal: !isSocket)
        } catch {
            throw .disconnected(error.number == 0 ? "closed by the device server" : error.description)
        }
    }

    /// Throws away what the kernel has not sent yet; a connection has to be closed for that.
    func withdraw() {
        if isSocket {
            descriptor.discardOnClose()
        } else {
            _ = modbus_terminal_discard_output(context.descriptor)
        }
    }
}
