// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Bounds the requests of a plan.
struct ReadLimits: Hashable, Sendable {
    /// How many registers one request may read.
    var registers = 125
    /// How many bits one request may read.
    var bits = 2000

    func cap(for table: RegisterTable) -> Int { table.holdsBits ? bits : registers }
}
