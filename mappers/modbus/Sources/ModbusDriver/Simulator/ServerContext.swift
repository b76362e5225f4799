// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Owns the `modbus_t` with which a simulator answers; libmodbus's own server code does the work.
@safe struct ServerContext: ~Copyable {
    private let pointer: OpaquePointer
    private let isSerial: Bool

    /// Makes a context for connections that come from outside.
    static func tcp() -> ServerContext? { unsafe ServerContext(modbus_new_tcp("127.0.0.1", 0), isSerial: false) }

    /// Makes a context for a terminal that is open already.
    static func serial() -> ServerContext? {
        unsafe ServerContext(modbus_new_rtu("/dev/null", 9600, CChar(bitPattern: 0x4E), 8, 1), isSerial: true)
    }

    private init?(_ pointer: OpaquePointer?, isSerial: Bool) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = unsafe pointer
        self.isSerial = isSerial
        // libmodbus ignores serial frames as long as it has no unit of its own.
        if isSerial { unsafe modbus_set_slave(pointer, 247) }
    }

    deinit {
        unsafe modbus_set_socket(pointer, -1)
        unsafe modbus_free(pointer)
    }

    /// Answers one request that has arrived on a descriptor; false when the connection is over.
    func answer(on descriptor: CInt, from units: [UInt8: SimulatedUnit]) -> Bool {
        unsafe modbus_set_socket(pointer, descriptor)
        var request = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))
        var length = unsafe modbus_receive(pointer, &request)
        if length < 0 { return isSerial }
        let number = request[isSerial ? 0 : 6]
        if isSerial, length == 0 {
            // A frame for a unit other than the last: libmodbus has read it, but not looked at it.
            guard units[number] != nil, let whole = SerialFrame.length(of: request) else { return true }
            length = CInt(whole)
        }
        guard let unit = units[number] else {
            // A gateway's word for a unit that is not there; on a line nobody answers.
            if !isSerial { unsafe modbus_reply_exception(pointer, request, 11) }
            return true
        }
        if isSerial { unsafe modbus_set_slave(pointer, CInt(number)) }
        unit.move()
        return unsafe modbus_reply(pointer, request, length, unit.image.pointer) >= 0 || isSerial
    }
}
