// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what a request costs on a link, by the physics alone: so much for each, and so much for what it reads.
struct LinkPrice: Sendable {
    /// Seconds for each request, whatever it reads.
    var request: Double
    /// Seconds for each register.
    var register: Double
    /// Seconds for each eight bits, begun or whole.
    var eightBits: Double

    /// A serial line: 13 characters, two silences and the device's turnaround, and two characters for each register.
    init(baudRate: Int, bitsPerCharacter: Int, turnaround: Double) {
        let character = Double(bitsPerCharacter) / Double(baudRate)
        let silence = baudRate <= 19200 ? 3.5 * character : 0.00175
        request = 13 * character + 2 * silence + turnaround
        register = 2 * character
        eightBits = character
    }

    /// A network: what a round trip was measured to take, and what a register adds to it.
    init(roundTrip: Double, register: Double) {
        request = roundTrip
        self.register = register
        eightBits = register / 2
    }

    func cost(of count: Int, holdsBits: Bool) -> Double {
        holdsBits
            ? request + eightBits * Double((count + 7) / 8) : request + register * Double(count)
    }
}
