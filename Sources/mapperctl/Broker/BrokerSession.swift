// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperMQTT

/// A connection for one command: everything it waits for has a limit.
final class BrokerSession: Sendable {
    private let client: MosquittoClient
    private let address: String

    /// Connects.
    /// - Throws: `ExitCode` after a complaint, when the broker cannot be reached in time.
    init(_ options: BrokerOptions, timeout: Duration) async throws {
        address = options.address
        do {
            var logger = Logger(label: "mapperctl")
            logger.logLevel = .critical
            client = try MosquittoClient(options.configuration(), logger: logger)
            try client.start()
        } catch {
            throw ExitStatus.configuration.exit(error.message)
        }
        let failure = await Limit.run(timeout) { [client] in
            for await event in client.events {
                switch event {
                case .connected: return nil as String?
                case .disconnected(let error): return error.message
                case .message: continue
                }
            }
            return "the connection ended"
        }
        guard let failure else {
            await client.stop()
            throw ExitStatus.unavailable.exit("\(address) does not answer within \(timeout). \(Self.hint)")
        }
        if let failure {
            await client.stop()
            throw ExitStatus.unavailable.exit("\(address): \(failure). \(Self.hint)")
        }
    }

    /// What people forget who have an edge that needs no broker.
    private static let hint =
        "'mapperctl twin' works by a broker: run one, and give 'mapperctl edge' the same --mqtt, beside --dmi as well"

    /// The messages from now on; ends when the connection does.
    ///
    /// For one consumer at a time.
    func messages() -> AsyncStream<MQTTMessage> {
        AsyncStream { [client] in
            for await event in client.events {
                switch event {
                case .message(let message): return message
                case .disconnected: return nil
                case .connected: continue
                }
            }
            return nil
        }
    }

    func subscribe(_ topics: [String]) async throws {
        do {
            try await client.subscribe(topics, qos: 1)
        } catch {
            throw ExitStatus.unavailable.exit("\(address): \(error.message)")
        }
    }

    func publish(_ topic: String, _ payload: [UInt8]) async throws {
        do {
            try await client.publish(MQTTMessage(topic: topic, payload: payload, qos: 1, retain: false))
        } catch {
            throw ExitStatus.unavailable.exit("\(address): \(error.message)")
        }
    }

    func close() async { await client.stop() }
}
