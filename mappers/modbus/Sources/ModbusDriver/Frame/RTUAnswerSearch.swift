// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Finds the answer to one request among the bytes that come over a line.
///
/// An RTU frame says neither where it begins nor what it answers. What counts as the answer: the unit, the function,
/// the length (of a write also what it repeats) and the checksum. Everything before it is noise, an echo of the
/// request, somebody else's frame, or an answer that comes too late.
struct RTUAnswerSearch {
    /// An exception's length with address and checksum.
    private static let exceptionLength = 5
    /// More than this without an answer is no answer.
    private static let limit = 1024

    /// The request as it was sent, its checksum included.
    let request: [UInt8]
    /// What a proper answer begins with, the unit's number first.
    private let beginning: [UInt8]
    private let length: Int
    /// Whether the line is known to give back what is sent.
    private let isEchoExpected: Bool
    /// Whether the request came back.
    private(set) var hasEcho = false
    /// What has come and is no answer so far.
    private(set) var bytes: [UInt8] = []

    /// - Parameters:
    ///   - message: The unit's number and the message that is sent.
    ///   - beginning: What a proper answer begins with.
    ///   - length: The length of a proper answer with address and checksum.
    init(message: [UInt8], beginning: [UInt8], length: Int, isEchoExpected: Bool) {
        let sum = SerialFrame.checksum(of: message)
        request = message + [UInt8(sum & 0xFF), UInt8(sum >> 8)]
        self.beginning = beginning
        self.length = length
        self.isEchoExpected = isEchoExpected
    }

    init(_ request: ModbusRequest, unit: UInt8, isEchoExpected: Bool) {
        let message = [unit] + request.bytes
        let length = request.serialAnswerLength
        let beginning =
            request.isWrite
            // All write answers repeat the beginning of the request, short ones the whole of it.
            ? Array(message.prefix(length - 2)) : [unit, request.functionCode, UInt8(length - 5)]
        self.init(message: message, beginning: beginning, length: length, isEchoExpected: isEchoExpected)
    }

    /// Whether anything has come, whatever it was.
    var hasAnything: Bool { hasEcho || !bytes.isEmpty }

    /// Whether as much has come as a proper answer needs.
    var isLongEnough: Bool { bytes.count >= length }

    /// Takes bytes from the line.
    /// - Returns: the answer without address and checksum, once it is complete.
    mutating func add(_ more: [UInt8]) -> [UInt8]? {
        bytes += more
        if bytes.count > Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
        stripEcho()
        // While the own request is still coming back, it must not be taken for the answer it looks like.
        if isEchoExpected, !hasEcho, !bytes.isEmpty, request.starts(with: bytes) { return nil }
        for start in bytes.indices {
            guard let length = answerLength(at: start) else { continue }
            return Array(bytes[(start + 1)..<(start + length - 2)])
        }
        return nil
    }

    private mutating func stripEcho() {
        guard !hasEcho, bytes.starts(with: request), isEchoExpected || answerLength(at: 0) == nil else { return }
        hasEcho = true
        bytes.removeFirst(request.count)
    }

    private func answerLength(at start: Int) -> Int? {
        let rest = bytes[start...]
        guard rest.count >= Self.exceptionLength, rest[start] == beginning[0] else { return nil }
        if rest[start + 1] == beginning[1] | 0x80 {
            return Self.isIntact(rest.prefix(Self.exceptionLength)) ? Self.exceptionLength : nil
        }
        guard rest.count >= length, rest.starts(with: beginning), Self.isIntact(rest.prefix(length)) else { return nil }
        return length
    }

    /// Whether a frame's checksum is right.
    private static func isIntact(_ frame: ArraySlice<UInt8>) -> Bool {
        let sum = SerialFrame.checksum(of: frame.dropLast(2))
        return frame[frame.endIndex - 2] == UInt8(sum & 0xFF) && frame[frame.endIndex - 1] == UInt8(sum >> 8)
    }

    /// Why what has come is no answer; `nil` when nothing has.
    var complaint: String? {
        guard let first = bytes.first else { return nil }
        if first != beginning[0] { return "an answer of another unit, or noise" }
        if bytes.count < length { return "an answer of \(bytes.count) bytes instead of \(length)" }
        return Self.isIntact(bytes[...]) ? "an answer to another request" : "an answer with a wrong checksum"
    }
}
