// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import MapperCommand

extension ProgramIdentity {
    /// What the test mapper is called.
    static let test = ProgramIdentity(name: TestMapper.name, version: TestMapper.version)
}
