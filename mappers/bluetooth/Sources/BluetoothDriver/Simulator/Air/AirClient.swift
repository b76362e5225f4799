// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is whoever has connected to the socket of a simulated air.
struct AirClient: Sendable {
    /// Says what a connection is for.
    enum Role: Hashable, Sendable {
        /// It has not said yet.
        case unknown
        /// It waits for a peripheral.
        case waiting(VirtualPeer)
        /// It is a link to one of the peripherals.
        case link(Int)
        /// It is told every advertising report.
        case listener
        /// It sends lines that say what happens.
        case control
    }

    let descriptor: CInt
    var role = Role.unknown
    var isClosed = false

    /// What a first packet asks for; `nil` for what is no such packet.
    static func role(_ packet: [UInt8]) -> Role? {
        let words = String(decoding: packet, as: UTF8.self).split { $0.isWhitespace }
        switch (words.first, words.count) {
        case ("listen", 1): return .listener
        case ("control", 1): return .control
        case ("connect", 3):
            guard let address = BluetoothAddress(String(words[1])),
                let kind = BluetoothAddress.Kind(rawValue: String(words[2]))
            else { return nil }
            return .waiting(VirtualPeer(address, kind))
        default: return nil
        }
    }
}
