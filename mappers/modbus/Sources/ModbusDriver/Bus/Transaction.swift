// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one request to one unit, with the time the unit has to answer.
struct Transaction: Hashable, Sendable {
    var unit: UInt8
    var request: ModbusRequest
    var timeout: Duration
}
