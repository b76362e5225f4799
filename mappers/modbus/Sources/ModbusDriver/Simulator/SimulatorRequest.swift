// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a request as a simulated device receives it.
struct SimulatorRequest {
    /// The whole frame: libmodbus answers from it.
    let frame: [UInt8]
    let unit: UInt8
    /// The protocol's code for what is asked.
    let function: UInt8
    /// The table and addresses it names first; `nil` for functions that name none.
    let target: (table: RegisterTable, span: AddressSpan)?

    init(_ frame: [UInt8], framing: SimulatorFraming) {
        self.frame = frame
        let message = frame.dropFirst(framing.headerLength)
        unit = frame[framing.headerLength - 1]
        function = message.first ?? 0
        target = Self.target(of: function, Array(message.dropFirst().prefix(4)))
    }

    /// Whether it changes something, so that it can be meant for all units of a line.
    var isWrite: Bool { [5, 6, 15, 16, 22].contains(function) }

    private static func target(of function: UInt8, _ words: [UInt8]) -> (table: RegisterTable, span: AddressSpan)? {
        guard let table = table(of: function), words.count == 4 else { return nil }
        let first = Int(words[0]) << 8 | Int(words[1])
        let count = [5, 6, 22].contains(function) ? 1 : Int(words[2]) << 8 | Int(words[3])
        return (table, AddressSpan(first: first, count: count))
    }

    private static func table(of function: UInt8) -> RegisterTable? {
        switch function {
        case 1, 5, 15: .coil
        case 2: .discreteInput
        case 3, 6, 16, 22, 23: .holding
        case 4: .input
        default: nil
        }
    }
}
