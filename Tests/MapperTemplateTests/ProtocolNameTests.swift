// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperTemplate

@Suite struct ProtocolNameTests {
    @Test(arguments: ["modbus", "heat-pump", "OPC.UA", "e_bus2", "x"])
    func `Words are taken as they are`(text: String) throws {
        #expect(try ProtocolName(text).text == text)
    }

    @Test func `It is the mapper's name unless another is given`() throws {
        #expect(ProtocolName(of: try MapperName("HeatPump")).text == "heat-pump")
    }

    @Test(arguments: [
        "", "-x", "x-", "1wire", "heat pump", "heat/pump", "\"x\"", "x\\", "true", "No", "NULL", "wärme", "x\n", "a:b",
        "a#b",
        String(repeating: "x", count: 64),
    ])
    func `What YAML, Swift or a shell could take for something else is refused`(text: String) {
        let error = #expect(throws: NewMapperError.self) { try ProtocolName(text) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains("allowed is a letter, then letters, digits") == true)
    }
}
