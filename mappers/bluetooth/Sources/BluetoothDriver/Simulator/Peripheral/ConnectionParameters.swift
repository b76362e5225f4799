// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how often two sides of a connection meet, in the units they tell each other.
struct ConnectionParameters: Hashable, Sendable {
    /// In 1.25 ms.
    var minimumInterval: UInt16
    /// In 1.25 ms.
    var maximumInterval: UInt16
    /// How many meetings the peripheral may miss.
    var latency: UInt16
    /// In 10 ms.
    var timeout: UInt16

    /// The fields as they go over the air.
    var octets: [UInt8] {
        minimumInterval.littleEndianBytes + maximumInterval.littleEndianBytes + latency.littleEndianBytes
            + timeout.littleEndianBytes
    }
}
