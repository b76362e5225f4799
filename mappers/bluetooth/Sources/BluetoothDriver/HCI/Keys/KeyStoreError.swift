// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why keys cannot be read or written, with the file, the line where there is one, and what to do.
enum KeyStoreError: Error, Hashable, Sendable {
    /// Others could read the keys or put theirs in their place.
    case insecure(path: String, problem: String, cure: String)
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// What is wrong with a file, or with one key in it.
    case malformed(path: String, line: Int, problem: String)
}

extension KeyStoreError: CustomStringConvertible {
    var description: String {
        switch self {
        case .insecure(let path, let problem, let cure): "\(path): \(problem); \(cure)"
        case .unreadable(let path, let reason): "\(path): the keys cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\(path): the keys cannot be kept: \(reason)"
        case .malformed(let path, let line, let problem):
            "\(path):\(line): \(problem); mend it, or remove it and pair the device anew"
        }
    }
}
