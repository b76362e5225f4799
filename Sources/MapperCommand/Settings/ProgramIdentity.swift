// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a program is called where nobody gave it another name.
struct ProgramIdentity: Hashable, Sendable {
    /// The program's name.
    var name: String
    /// The program's version.
    var version: String
}
