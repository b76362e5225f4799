// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc
import MapperKit

/// Owns the `modbus_t` with which a simulator answers; libmodbus's own server code does the work.
///
/// It answers into a pair of sockets, so that the answer can be held back, damaged or lost, and libmodbus itself
/// waits for nothing.
@safe struct ServerContext: ~Copyable {
    private let pointer: OpaquePointer
    private let inner: CInt
    private let outer: CInt

    init(_ framing: SimulatorFraming) throws(DeviceError) {
        var pair: [CInt] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0, &pair) == 0 else {
            throw DeviceError(.driverFailure, "no sockets for a simulator: \(SystemError.last)")
        }
        let made =
            unsafe framing == .tcp
            ? modbus_new_tcp("127.0.0.1", 0) : modbus_new_rtu("/dev/null", 9600, CChar(bitPattern: 0x4E), 8, 1)
        guard let made = unsafe made else {
            for socket in pair { close(socket) }
            throw DeviceError(.driverFailure, "no memory for a simulator")
        }
        (unsafe pointer, inner, outer) = (unsafe made, pair[0], pair[1])
        unsafe modbus_set_socket(pointer, inner)
        // libmodbus sleeps that long before it refuses a request that it does not know.
        unsafe modbus_set_response_timeout(pointer, 0, 1)
    }

    deinit {
        unsafe modbus_set_socket(pointer, -1)
        unsafe modbus_free(pointer)
        close(inner)
        close(outer)
    }

    /// What a unit answers; nothing to a request for all units.
    func answer(to request: SimulatorRequest, of unit: SimulatedUnit) -> [UInt8]? {
        // libmodbus believes lengths inside the request; room for the largest keeps it inside the buffer.
        let room = request.frame + [UInt8](repeating: 0, count: 2 * Int(MODBUS_TCP_MAX_ADU_LENGTH))
        unsafe modbus_reply(pointer, room, CInt(request.frame.count), unit.image.pointer)
        return received()
    }

    /// A refusal of a request.
    func refusal(of request: SimulatorRequest, code: UInt8) -> [UInt8]? {
        unsafe modbus_reply_exception(pointer, request.frame, CUnsignedInt(code))
        return received()
    }

    private func received() -> [UInt8]? {
        var answer = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))
        let count = unsafe recv(outer, &answer, answer.count, CInt(MSG_DONTWAIT))
        return count > 0 ? Array(answer.prefix(count)) : nil
    }
}
