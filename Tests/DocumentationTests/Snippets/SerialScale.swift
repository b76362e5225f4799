// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Weighs.
struct SerialScale: DeviceSession {
    struct VisitorConfig: Decodable, Sendable { var command: String }

    let port: SerialPort

    func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
        // Blocks until the scale has answered, or the port's time limit has passed.
        let answer = try port.ask(visitor.config.command)
        guard let grams = Double(answer) else {
            throw DeviceError(.malformedResponse, "the scale answered '\(answer)', which is no number")
        }
        return Sample(.double(grams))
    }

    func close() async { port.close() }
}
