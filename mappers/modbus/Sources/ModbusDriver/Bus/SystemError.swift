// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is an error number of the system, with its text.
struct SystemError: Error, Hashable, CustomStringConvertible {
    var number: CInt

    init(_ number: CInt) {
        self.number = number
    }

    /// The calling thread's last error; to be read right after the call that failed.
    static var last: SystemError { SystemError(errno) }

    /// The system's text.
    ///
    /// Not `modbus_strerror`, which threads must not share.
    var description: String {
        var text = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(number, &text, text.count) == 0 else { return "error \(number)" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
