// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what came of a transaction, with the time it took.
struct BusReply: Hashable, Sendable {
    var answer: ModbusAnswer
    /// From the first byte of the request to the last of the answer; of the last attempt where there were several.
    var roundTrip: Duration
}
