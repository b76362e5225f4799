// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit

/// Reads a file that may be anything: missing, a directory, a pipe, or far too large.
enum FileContents {
    /// Reads all of a regular file of at most `limit` bytes.
    static func read(_ path: String, limit: Int) throws(ConfigurationError) -> [UInt8] {
        let place = SourceLocation(file: path, line: 1, column: 1)
        // Without O_NONBLOCK opening a pipe nobody writes to would never return.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw ConfigurationError(at: nil, "cannot open '\(path)': \(reason())") }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw ConfigurationError(at: nil, "cannot read '\(path)': \(reason())")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ConfigurationError(at: nil, "cannot read '\(path)': it is not a regular file")
        }
        let tooLarge = ConfigurationError(
            at: place,
            "the file is too large: \(status.st_size) bytes, at most \(limit) are read"
        )
        guard status.st_size <= limit else { throw tooLarge }
        let bytes = try readAll(descriptor, path: path, limit: limit)
        // A file can grow, and some special ones claim to be empty.
        guard bytes.count <= limit else { throw tooLarge }
        return bytes
    }

    private static func readAll(_ descriptor: CInt, path: String, limit: Int) throws(ConfigurationError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw ConfigurationError(at: nil, "cannot read '\(path)': \(reason())") }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private static func reason() -> String {
        let code = errno
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
