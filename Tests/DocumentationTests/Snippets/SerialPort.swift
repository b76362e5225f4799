// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit

/// Is a line on which each question gets one line as its answer.
final class SerialPort: Sendable {
    private static let timeLimit: CInt = 1000

    private let descriptor: CInt

    /// Takes over an open descriptor.
    init(_ descriptor: CInt) {
        self.descriptor = descriptor
    }

    /// Asks, and blocks until there is an answer or the time limit has passed.
    func ask(_ question: String) throws -> String {
        let bytes = Array("\(question)\n".utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw DeviceError(.disconnected, "'\(question)' could not be sent")
        }
        var answer: [UInt8] = []
        while answer.last != UInt8(ascii: "\n") { answer.append(try nextByte(after: question)) }
        return String(decoding: answer.dropLast(), as: UTF8.self)
    }

    /// Lets go of the line.
    func close() {
        _ = Glibc.close(descriptor)
    }

    private func nextByte(after question: String) throws -> UInt8 {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, Self.timeLimit) > 0 else {
            throw DeviceError(.timedOut, "no answer to '\(question)' within \(Self.timeLimit) ms")
        }
        var byte: UInt8 = 0
        guard read(descriptor, &byte, 1) == 1 else { throw DeviceError(.disconnected, "the line is gone") }
        return byte
    }
}
