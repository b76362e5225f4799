// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where in a test something was asked for.
struct TestPlace: Hashable, Sendable {
    var fileID: String
    var line: UInt
}
