// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a connection between the host and a simulated peripheral.
struct VirtualLink: Sendable {
    let handle: UInt16
    /// Where among the controller's peripherals the other side is.
    let peripheral: Int
    var pairing: SimulatedPairing
    /// The beginning of a frame whose rest is still to come.
    var received: [UInt8] = []

    /// Takes a part of a frame, and the frame when it is whole.
    ///
    /// - Returns: Channel and content (Core Specification, Vol 3 Part A 3.1); `nil` while there is more to come.
    mutating func join(_ part: some Collection<UInt8>, isFirst: Bool) -> (channel: UInt16, content: [UInt8])? {
        received = isFirst ? Array(part) : received + part
        guard let length = UInt16(littleEndian: received), let channel = UInt16(littleEndian: received, at: 2),
            received.count >= 4 + Int(length)
        else { return nil }
        defer { received = [] }
        return (channel, Array(received.dropFirst(4).prefix(Int(length))))
    }
}
