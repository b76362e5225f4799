// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

/// What people see in their editors.
@Suite(
    "What the schemas say about wrong files",
    .enabled(if: SchemaVerdicts.isAvailable, "needs the Debian package python3-jsonschema")
)
struct WrongFileTests {
    private func complaints(_ schema: SchemaFile, _ yaml: String) throws -> [String] {
        let documents = try ConfigReader().parse(Array(yaml.utf8), file: "wrong.yaml")
        return try SchemaVerdicts.complaints(
            documents.map { SchemaVerdicts.Question(schema: schema, document: $0) }
        ).flatMap(\.self)
    }

    @Test("a Device of Modbus: each mistake is named where it is")
    func modbus() throws {
        let found = try complaints(
            .profile,
            """
            apiVersion: devices.kubeedge.io/v1beta1
            kind: Device
            metadata: {name: pump}
            spec:
              deviceModelRef: {name: pump-model}
              nodename: edge
              protocol:
                protocolName: modbus
                configData: {ip: 127.0.0.1, port: 70000, slaveId: 1, parity: Even}
              properties:
                - name: speed
                  collectCycle: fast
                  visitors:
                    protocolName: modbus
                    configData: {register: HoldingRegisters, bit: 64, enumeration: {"0": off}}
            """
        )
        let places = Set(found.map { $0.prefix { $0 != ":" } }.map(String.init))
        #expect(
            places == [
                "spec", "spec/protocol/configData", "spec/protocol/configData/port",
                "spec/protocol/configData/parity", "spec/properties/0/collectCycle",
                "spec/properties/0/visitors/configData/register", "spec/properties/0/visitors/configData/bit",
                "spec/properties/0/visitors/configData/enumeration",
            ]
        )
        #expect(found.contains { $0.contains("'slaveId' was unexpected") })
        #expect(found.contains { $0.contains("70000 is greater than the maximum of 65535") })
        #expect(found.contains { $0.contains("'nodename' was unexpected") })
    }

    @Test("a Device of Bluetooth, whose protocol is written in capitals, and one of a protocol nobody knows")
    func protocols() throws {
        func device(_ name: String) -> String {
            """
            apiVersion: devices.kubeedge.io/v1beta1
            kind: Device
            metadata: {name: tag}
            spec:
              deviceModelRef: {name: tag-model}
              protocol: {protocolName: \(name), configData: {macAdress: "BC:6A:29:AE:CC:96", mtu: 22}}
              properties:
                - {name: p, visitors: {configData: {source: beacons}}}
            """
        }
        let found = try complaints(.profile, device("Bluetooth"))
        #expect(found.count == 3, "\(found)")
        #expect(found.contains { $0.contains("'macAdress' was unexpected") })
        #expect(found.contains { $0.contains("22 is less than the minimum of 23") })
        #expect(
            found.contains { $0.hasPrefix("spec/properties/0/visitors/configData/source: 'beacons' is not one of") }
        )
        #expect(try complaints(.profile, device("opcua")) == [])
    }

    @Test("objects that are none")
    func objects() throws {
        #expect(try complaints(.profile, "kind: Device\napiVersion: devices.kubeedge.io/v1\n").count == 1)
        #expect(try complaints(.profile, "deviceInstance: []\n").count == 1)
        #expect(try complaints(.profile, "[]\n").count >= 1)
        #expect(try complaints(.profile, "apiVersion: v1\nkind: Service\nspec: {a: 1}\n") == [])
    }

    @Test("a configuration file")
    func configuration() throws {
        let found = try complaints(
            .config,
            """
            mqtt: {server: http://127.0.0.1, user: mapper, verifyServerName: 1}
            common: {edgecore_sock: dmi.sock}
            dmi: {requestsPerSecond: 0}
            log: {level: verbose}
            report: {refresh: 10 minutes}
            shutdwon: {grace: 1s}
            """
        )
        let places = Set(found.map { $0.prefix { $0 != ":" } }.map(String.init))
        #expect(
            places == [
                "", "mqtt", "mqtt/server", "mqtt/verifyServerName", "common/edgecore_sock", "dmi/requestsPerSecond",
                "log/level", "report/refresh",
            ]
        )
    }
}
