// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a line that several devices share.
actor SharedLine {
    private let port: SerialPort

    init(_ port: SerialPort) { self.port = port }

    /// Without an `await` inside, nobody comes in between a question and its answer.
    func ask(_ question: String) throws -> String {
        try port.ask(question)
    }
}
