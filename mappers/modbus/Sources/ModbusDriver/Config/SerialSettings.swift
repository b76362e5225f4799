// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how characters travel on a serial line.
struct SerialSettings: Hashable, Sendable, CustomStringConvertible {
    /// The speeds libmodbus knows; it takes any other silently for 9600.
    static let baudRates = [
        110, 300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115_200, 230_400, 460_800, 500_000, 576_000,
        921_600, 1_000_000, 1_152_000, 1_500_000, 2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000,
    ]

    var baudRate: Int
    var dataBits: Int
    var parity: Parity
    var stopBits: Int
    /// Whether the kernel is asked to switch the line's direction.
    var isRS485: Bool
    var rts = RTSMode.none

    /// The usual short form: `9600 8N1`.
    var description: String { "\(baudRate) \(dataBits)\(parity.letter)\(stopBits)" }

    /// Bits of one character, start bit included.
    var bitsPerCharacter: Int { 1 + dataBits + (parity == .none ? 0 : 1) + stopBits }

    /// What one character takes on the line.
    var characterTime: Duration {
        guard baudRate > 0 else { return .zero }
        return .nanoseconds(Int64(bitsPerCharacter) * 1_000_000_000 / Int64(baudRate))
    }

    /// The silence that separates frames: 3.5 characters, 1.75 ms above 19200 Bd (Modbus over serial line V1.02, 2.5.1.1).
    var frameGap: Duration {
        guard baudRate <= 19200, baudRate > 0 else { return .microseconds(1750) }
        return characterTime * 7 / 2
    }
}
