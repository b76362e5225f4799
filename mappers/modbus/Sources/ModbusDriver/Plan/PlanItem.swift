// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one value to be read: where it is, and which of the caller's values it was.
struct PlanItem: Hashable, Sendable {
    var index: Int
    var table: RegisterTable
    var span: AddressSpan
}
