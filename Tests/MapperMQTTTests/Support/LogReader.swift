// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging

/// Keeps what is logged for a test to read.
struct LogReader {
    private struct Handler: LogHandler {
        let continuation: AsyncStream<String>.Continuation
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { continuation.yield("\(event.level): \(event.message)") }
    }

    let logger: Logger
    private var iterator: AsyncStream<String>.Iterator

    init() {
        let (stream, continuation) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(100))
        logger = Logger(label: "test") { _ in Handler(continuation: continuation) }
        iterator = stream.makeAsyncIterator()
    }

    /// The next line, its level before it.
    mutating func next() async -> String? { await iterator.next(isolation: #isolation) }
}
