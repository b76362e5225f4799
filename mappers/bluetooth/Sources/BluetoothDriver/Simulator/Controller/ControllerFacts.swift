// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a virtual controller says of itself, and the commands that it only nods at.
///
/// Numbers and layouts: Core Specification 4.2, Vol 2 Part E 7.
enum ControllerFacts {
    /// What is answered to a command whatever it says, the status first; `nil` for commands that do something.
    static func answer(to opcode: UInt16, dataLength: Int) -> [UInt8]? {
        switch opcode {
        // Event masks, of the host, of Low Energy and of the second page.
        case 0x0C01, 0x2001, 0x0C63: [0]
        // What a Low Energy adapter advertises, which nobody hears here.
        case 0x2006, 0x2008, 0x2009, 0x200A: [0]
        // The adapter's name and class.
        case 0x0C13, 0x0C24: [0]
        // Channels to use.
        case 0x2014: [0]
        case 0x1001: [0, 8, 0, 0, 8, 0xFF, 0xFF, 0, 0]
        case 0x1002: [0] + supportedCommands
        // Low Energy, and nothing else.
        case 0x1003: [0, 0, 0, 0, 0, 0x60, 0, 0, 0]
        case 0x1005:
            [0] + UInt16(clamping: dataLength).littleEndianBytes + [0] + UInt16(bufferCount).littleEndianBytes + [0, 0]
        case 0x2002: [0] + UInt16(clamping: dataLength).littleEndianBytes + [bufferCount]
        case 0x2003: [0] + features
        // The power of advertising, in dBm.
        case 0x2007: [0, 0]
        case 0x200F: [0, 32]
        case 0x201C: [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x03, 0, 0]
        default: nil
        }
    }

    /// Low Energy features: encryption.
    static let features: [UInt8] = [0x01, 0, 0, 0, 0, 0, 0, 0]

    private static let bufferCount: UInt8 = 8

    /// The bits of the commands that are answered, by octet.
    private static let supportedCommands: [UInt8] = {
        let octets: [Int: UInt8] = [
            0: 0x20, 2: 0x80, 5: 0xC0, 10: 0x04, 14: 0x28, 15: 0x22, 25: 0xF7, 26: 0xFF, 27: 0xE7, 28: 0x0F,
        ]
        return (0..<64).map { octets[$0] ?? 0 }
    }()
}
