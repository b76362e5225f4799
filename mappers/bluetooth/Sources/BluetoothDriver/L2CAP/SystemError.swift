// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is an error of the operating system.
struct SystemError: Error, Hashable, Sendable {
    let number: CInt

    init(_ number: CInt) { self.number = number }

    /// The error of the call just made on this thread.
    static var last: SystemError { SystemError(errno) }
}
