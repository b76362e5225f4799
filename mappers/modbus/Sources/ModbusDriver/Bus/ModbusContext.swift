// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Owns one `modbus_t`, connected or not; never used by two threads at once.
///
/// libmodbus connects, frames, times out and checks sums; what a message means is decided outside, because the
/// library's own calls accept answers of other units and protocols.
@safe struct ModbusContext: ~Copyable {
    private let pointer: OpaquePointer

    private init(_ pointer: OpaquePointer?) throws(BusFault) {
        guard let pointer = unsafe pointer else {
            throw .unreachable("libmodbus does not take the address: \(SystemError.last)")
        }
        unsafe self.pointer = unsafe pointer
        // With a time-out between bytes a device that drips them could hold the bus for minutes; without one the
        // response time-out bounds the whole answer.
        unsafe modbus_set_byte_timeout(pointer, 0, 0)
    }

    deinit {
        unsafe modbus_close(pointer)
        unsafe modbus_free(pointer)
    }

    /// Makes a context for an address in numbers.
    static func tcp(address: String, port: Int) throws(BusFault) -> ModbusContext {
        if address.contains(":") {
            return try unsafe ModbusContext(modbus_new_tcp_pi(address, String(port)))
        }
        return try unsafe ModbusContext(modbus_new_tcp(address, CInt(port)))
    }

    static func serial(_ line: SerialLine) throws(BusFault) -> ModbusContext {
        let settings = line.settings
        return try unsafe ModbusContext(
            modbus_new_rtu(
                line.path,
                CInt(settings.baudRate),
                CChar(bitPattern: settings.parity.letter.asciiValue ?? 0x4E),
                CInt(settings.dataBits),
                CInt(settings.stopBits)
            )
        )
    }

    /// The open file descriptor; negative when there is none.
    var descriptor: CInt { unsafe modbus_get_socket(pointer) }

    func connect(within timeout: Duration) throws(SystemError) {
        setResponseTimeout(timeout)
        guard unsafe modbus_connect(pointer) == 0 else { throw .last }
    }

    /// Asks the kernel to switch the line's direction; only possible once connected.
    func enableRS485() throws(SystemError) {
        guard unsafe modbus_rtu_set_serial_mode(pointer, MODBUS_RTU_RS485) == 0 else { throw .last }
    }

    /// Sends a message on a serial line, with the unit's number before and the checksum behind it.
    func sendSerial(_ message: [UInt8], unit: UInt8) throws(SystemError) {
        guard unsafe modbus_set_slave(pointer, CInt(unit)) == 0 else { throw .last }
        let request = [unit] + message
        guard unsafe modbus_send_raw_request(pointer, request, CInt(request.count)) >= 0 else { throw .last }
    }

    /// Waits for one whole frame.
    ///
    /// On a serial line the frame of another unit than the one asked comes back empty.
    func receive(within timeout: Duration) throws(SystemError) -> [UInt8] {
        setResponseTimeout(timeout)
        var frame = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))
        let length = unsafe modbus_receive_confirmation(pointer, &frame)
        guard length >= 0 else { throw .last }
        return Array(frame.prefix(Int(length)))
    }

    private func setResponseTimeout(_ timeout: Duration) {
        // 0 would be refused and leave the time-out before in force.
        let microseconds = max(timeout.microseconds, 1)
        unsafe modbus_set_response_timeout(pointer, UInt32(microseconds / 1_000_000), UInt32(microseconds % 1_000_000))
    }
}

extension Duration {
    /// Whole microseconds, within what libmodbus takes.
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(seconds, 86400) * 1_000_000 + attoseconds / 1_000_000_000_000
    }

    /// Whole milliseconds, for people and for `poll`.
    var milliseconds: Int64 { microseconds / 1000 }
}
