// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Owns one `modbus_t`, connected or not; never used by two threads at once.
///
/// libmodbus sets lines up, drives them and sums up what is sent; what comes is read outside, because the library's own
/// calls accept answers of other units and requests.
@safe struct ModbusContext: ~Copyable {
    private let pointer: OpaquePointer

    private init(_ pointer: OpaquePointer?) throws(BusFault) {
        guard let pointer = unsafe pointer else {
            throw .unreachable("libmodbus does not take the address: \(SystemError.last)")
        }
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe modbus_close(pointer)
        unsafe modbus_free(pointer)
    }

    /// Makes a context that speaks Modbus RTU on a connected socket, which it owns from now on.
    static func rtu(on socket: CInt) throws(BusFault) -> ModbusContext {
        // The library wants the name of a terminal, and never opens it.
        let context = try unsafe ModbusContext(modbus_new_rtu("/dev/null", 9600, CChar(bitPattern: 0x4E), 8, 1))
        context.take(socket)
        return context
    }

    /// Makes a context for a serial line that is not open yet.
    static func serial(_ path: String, _ settings: SerialSettings) throws(BusFault) -> ModbusContext {
        try unsafe ModbusContext(
            modbus_new_rtu(
                path,
                CInt(settings.baudRate),
                CChar(bitPattern: settings.parity.letter.asciiValue ?? 0x4E),
                CInt(settings.dataBits),
                CInt(settings.stopBits)
            )
        )
    }

    /// The open file descriptor; negative when there is none.
    var descriptor: CInt { unsafe modbus_get_socket(pointer) }

    private func take(_ socket: CInt) {
        unsafe modbus_set_socket(pointer, socket)
    }

    /// Opens the serial line.
    func open() throws(SystemError) {
        guard unsafe modbus_connect(pointer) == 0 else { throw .last }
    }

    /// Asks the kernel to switch the line's direction; only possible once the line is open.
    func enableRS485() throws(SystemError) {
        guard unsafe modbus_rtu_set_serial_mode(pointer, MODBUS_RTU_RS485) == 0 else { throw .last }
    }

    /// Switches RTS around each request; only possible once the line is open.
    func switchRTS(_ mode: RTSMode) throws(SystemError) {
        let mode: CInt =
            switch mode {
            case .none: MODBUS_RTU_RTS_NONE
            case .up: MODBUS_RTU_RTS_UP
            case .down: MODBUS_RTU_RTS_DOWN
            }
        guard unsafe modbus_rtu_set_rts(pointer, mode) == 0 else { throw .last }
    }

    /// Sends a message in an RTU frame.
    /// - Parameter message: The unit's number and the message; the library adds the checksum.
    func sendSerial(_ message: [UInt8]) throws(SystemError) {
        guard unsafe modbus_send_raw_request(pointer, message, CInt(message.count)) >= 0 else { throw .last }
    }
}

extension Duration {
    /// Whole microseconds, of a day at most.
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(seconds, 86400) * 1_000_000 + attoseconds / 1_000_000_000_000
    }

    /// Whole milliseconds, for people and for `poll`.
    var milliseconds: Int64 { microseconds / 1000 }
}
