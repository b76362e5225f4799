// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Reads command lines from a named pipe, which scripts write into.
struct SimulatorControl: ~Copyable {
    let descriptor: CInt
    private var pending: [UInt8]

    /// Makes the pipe, unless it is there.
    init(_ path: String) throws(SimulatorProblem) {
        guard unsafe mkfifo(path, 0o600) == 0 || errno == EEXIST else { throw .last("the pipe \(path) cannot be made") }
        // Open for writing as well: so the pipe does not end when a script has written its line.
        let opened = unsafe open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { throw .last("the pipe \(path) cannot be opened") }
        (descriptor, pending) = (opened, [])
    }

    deinit {
        close(descriptor)
    }

    /// Takes the lines that have arrived.
    mutating func takeLines() -> [String] {
        while let bytes = Packets.read(descriptor), !bytes.isEmpty { pending += bytes }
        guard let end = pending.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        defer { pending.removeFirst(end + 1) }
        return pending[..<end].split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}
