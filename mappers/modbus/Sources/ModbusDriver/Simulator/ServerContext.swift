// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Owns the `modbus_t` with which a simulator answers; libmodbus's own server code does the work.
@safe struct ServerContext: ~Copyable {
    private let pointer: OpaquePointer

    /// Makes a context for connections that come from outside.
    static func tcp() -> ServerContext? { unsafe ServerContext(modbus_new_tcp("127.0.0.1", 0)) }

    /// Makes a context for a terminal that is open already.
    static func serial() -> ServerContext? {
        unsafe ServerContext(modbus_new_rtu("/dev/null", 9600, CChar(bitPattern: 0x4E), 8, 1))
    }

    private init?(_ pointer: OpaquePointer?) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe modbus_set_socket(pointer, -1)
        unsafe modbus_free(pointer)
    }

    /// Answers one request that has arrived on a connection; false when the connection is over.
    func answer(on socket: CInt, from units: [UInt8: SimulatedUnit]) -> Bool {
        unsafe modbus_set_socket(pointer, socket)
        var request = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))
        let length = unsafe modbus_receive(pointer, &request)
        guard length >= 0 else { return false }
        guard let unit = units[request[6]] else {
            // A gateway's word for a unit that is not there.
            return unsafe modbus_reply_exception(pointer, request, 11) >= 0
        }
        unit.move()
        return unsafe modbus_reply(pointer, request, length, unit.image.pointer) >= 0
    }

    /// Answers a whole request that came over a serial line; a unit that is not there stays silent.
    ///
    /// The request is received outside: libmodbus would take what follows the frame of a foreign unit for its answer.
    func answer(_ request: [UInt8], on terminal: CInt, from units: [UInt8: SimulatedUnit]) {
        guard let number = request.first, let unit = units[number] else { return }
        unsafe modbus_set_socket(pointer, terminal)
        unsafe modbus_set_slave(pointer, CInt(number))
        unit.move()
        unsafe modbus_reply(pointer, request, CInt(request.count), unit.image.pointer)
    }
}
