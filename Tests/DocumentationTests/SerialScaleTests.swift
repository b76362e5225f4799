// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import Testing

/// The code of the article on blocking libraries works.
@Suite struct SerialScaleTests {
    @Test("a scale's answer is its weight, and one that is no number says so")
    func weighing() async throws {
        let (near, far) = try socketPair()
        defer { close(far) }
        let scale = SerialScale(port: SerialPort(near))
        try answer("312.5\n", on: far)
        #expect(try await scale.read(visitor("WEIGH")).value == .double(312.5))
        try answer("empty\n", on: far)
        await #expect(throws: DeviceError.self) { try await scale.read(visitor("WEIGH")) }
        await scale.close()
    }

    @Test("on a shared line each question gets its own answer")
    func sharing() async throws {
        let (near, far) = try socketPair()
        defer { close(far) }
        let port = SerialPort(near)
        defer { port.close() }
        let line = SharedLine(port)
        try answer("1\n2\n3\n4\n", on: far)
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...4 { group.addTask { try await line.ask("WHO \(number)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.sorted() == ["1", "2", "3", "4"])
    }

    private func visitor(_ command: String) -> PropertyVisitor<SerialScale.VisitorConfig> {
        let weight = DeviceModel.Property(name: "weight", dataType: .double)
        let property = Property(model: weight, visitor: ConfigNode(.mapping([])))
        return PropertyVisitor(property: property, config: SerialScale.VisitorConfig(command: command))
    }

    private func socketPair() throws -> (near: CInt, far: CInt) {
        var pair: [CInt] = [0, 0]
        guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0 else { throw CocoaError(.fileReadUnknown) }
        return (pair[0], pair[1])
    }

    private func answer(_ text: String, on descriptor: CInt) throws {
        let bytes = Array(text.utf8)
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    }
}
