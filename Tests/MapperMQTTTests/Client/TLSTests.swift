// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperMQTT
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    private func broker(_ certificates: Certificates) throws -> Broker {
        try Broker([
            "allow_anonymous true", "require_certificate true", "cafile \(certificates.authority)",
            "certfile \(certificates.certificate("server"))", "keyfile \(certificates.key("server"))",
        ])
    }

    private func firstEvent(_ configuration: MQTTConfiguration) async throws -> MQTTEvent? {
        let client = try MosquittoClient(configuration, logger: Logger(label: "test"))
        try client.start()
        var events = EventReader(client)
        let first = await events.next()
        if first == .connected { try await client.publish(MQTTMessage(topic: "t", payload: [1])) }
        await client.stop()
        return first
    }

    @Test func connectsWithAClientCertificateAndSaysWhyNot() async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let certificates = try Certificates(in: directory)
        let broker = try broker(certificates)
        var configuration = MQTTConfiguration(
            server: BrokerAddress(host: "127.0.0.1", port: broker.port, usesTLS: true),
            caFile: certificates.authority,
            certificateFile: certificates.certificate("client"),
            privateKeyFile: certificates.key("client")
        )
        #expect(try await firstEvent(configuration) == .connected)

        configuration.privateKeyFile = certificates.key("server")
        try await expectTLSFailure(configuration)
        configuration.privateKeyFile = nil
        configuration.certificateFile = nil
        try await expectTLSFailure(configuration)
        configuration.caFile = nil
        try await expectTLSFailure(configuration)
    }

    @Test func checksTheServerNameUnlessToldNotTo() async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let certificates = try Certificates(in: directory, serverName: "DNS:elsewhere.example")
        let broker = try broker(certificates)
        var configuration = MQTTConfiguration(
            server: BrokerAddress(host: "127.0.0.1", port: broker.port, usesTLS: true),
            caFile: certificates.authority,
            certificateFile: certificates.certificate("client"),
            privateKeyFile: certificates.key("client")
        )
        try await expectTLSFailure(configuration)
        configuration.verifiesServerName = false
        #expect(try await firstEvent(configuration) == .connected)
    }

    private func expectTLSFailure(_ configuration: MQTTConfiguration) async throws {
        guard case .disconnected(let reason) = try await firstEvent(configuration) else {
            Issue.record("connected")
            return
        }
        #expect(reason.code == .tls, "\(reason)")
    }
}
