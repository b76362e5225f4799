// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A holding register that a Modbus client has set.
struct RegisterWrite: Hashable, Sendable {
    var register: UInt16
    var value: UInt16

    init(_ register: UInt16, _ value: UInt16) {
        self.register = register
        self.value = value
    }

    /// Reads a request of Modbus TCP; `nil` for one that does not set a single register.
    init?(request: [UInt8]) {
        // Behind 7 bytes of header: 6 is one register, 16 is several with their number and the number of bytes.
        switch request.dropFirst(7).first {
        case 6 where request.count == 12: self.init(Self.word(request, 8), Self.word(request, 10))
        case 16 where request.count == 15: self.init(Self.word(request, 8), Self.word(request, 13))
        default: return nil
        }
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> UInt16 {
        UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
    }
}
