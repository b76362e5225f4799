// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a unit's refusal: the exception code of its answer.
struct ModbusException: Hashable, Sendable, CustomStringConvertible {
    var code: UInt8

    static let illegalFunction = ModbusException(code: 1)
    static let illegalDataAddress = ModbusException(code: 2)
    static let illegalDataValue = ModbusException(code: 3)
    static let deviceFailure = ModbusException(code: 4)
    static let acknowledged = ModbusException(code: 5)
    static let busy = ModbusException(code: 6)

    /// A gateway's word that the unit behind it cannot be reached.
    var meansAbsent: Bool { code == 10 || code == 11 }

    /// The protocol's name for it, with the code.
    var description: String {
        let name =
            switch code {
            case 1: "illegal function"
            case 2: "illegal data address"
            case 3: "illegal data value"
            case 4: "device failure"
            case 5: "acknowledged, still working"
            case 6: "device busy"
            case 7: "negative acknowledgement"
            case 8: "memory parity error"
            case 10: "gateway path unavailable"
            case 11: "the unit behind the gateway does not respond"
            default: "unknown refusal"
            }
        return "\(name) (exception \(code))"
    }
}
