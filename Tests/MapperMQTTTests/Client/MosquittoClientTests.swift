// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperMQTT
import Testing

@Suite(.timeLimit(.minutes(1))) struct MosquittoClientTests {
    private let logger = Logger(label: "test")

    private func client(_ configuration: MQTTConfiguration) throws -> MosquittoClient {
        let client = try MosquittoClient(configuration, logger: logger)
        try client.start()
        return client
    }

    @Test func carriesMessagesWithTheirBytesAndFlags() async throws {
        let broker = try Broker()
        let client = try client(MQTTConfiguration(server: broker.address))
        var events = EventReader(client)
        await events.connected()
        try await client.subscribe(["$hw/#", "b"], qos: 1)
        let messages = [
            MQTTMessage(topic: "$hw/events/device//twin/update/result", payload: []),
            MQTTMessage(topic: "b", payload: [0, 255, 0]),
            MQTTMessage(topic: "b", payload: [1], qos: 0),
        ]
        for message in messages { try await client.publish(message) }
        for message in messages { #expect(await events.message() == message) }
        try await client.unsubscribe(["b"])
        try await client.publish(MQTTMessage(topic: "b", payload: [2]))
        try await client.publish(MQTTMessage(topic: "$hw/x", payload: [3]))
        #expect(await events.message()?.payload == [3])
        await client.stop()
        #expect(await events.next() == nil)
    }

    @Test func acknowledgesManyAtOnce() async throws {
        let broker = try Broker()
        let client = try client(MQTTConfiguration(server: broker.address))
        var events = EventReader(client)
        await events.connected()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask { try await client.publish(MQTTMessage(topic: "t/\(number)", payload: [1])) }
            }
            try await group.waitForAll()
        }
        await client.stop()
    }

    /// On Linux a small packet waits 40 ms behind one whose receipt the other side has no reason to confirm at once.
    @Test func doesNotHoldSmallPacketsBack() async throws {
        let broker = try Broker(["allow_anonymous true", "set_tcp_nodelay true"])
        let client = try client(MQTTConfiguration(server: broker.address))
        let other = try self.client(MQTTConfiguration(server: broker.address))
        var events = EventReader(client)
        var otherEvents = EventReader(other)
        await events.connected()
        await otherEvents.connected()
        try await client.subscribe(["back"], qos: 1)
        try await other.subscribe(["there"], qos: 1)
        var rounds: [Duration] = []
        for number in 0..<40 {
            let start = ContinuousClock.now
            try await client.publish(MQTTMessage(topic: "there", payload: [UInt8(number)]))
            #expect(await otherEvents.message()?.payload == [UInt8(number)])
            // The confirmation of what came is on its way, and this follows it.
            try await other.publish(MQTTMessage(topic: "back", payload: [UInt8(number)]))
            #expect(await events.message()?.payload == [UInt8(number)])
            rounds.append(ContinuousClock.now - start)
        }
        // Held back, none but the first few would be quicker; on a busy machine many are slower for reasons of their own.
        let quick = rounds.sorted()[rounds.count / 4]
        #expect(quick < .milliseconds(20), "\(rounds)")
        await client.stop()
        await other.stop()
    }

    @Test func refusesWhatMQTTCannotCarry() async throws {
        let broker = try Broker()
        let client = try client(MQTTConfiguration(server: broker.address))
        var events = EventReader(client)
        await events.connected()
        for topic in ["a/+", "#", "", "a\0b"] {
            await #expect(throws: MQTTError.self) { try await client.publish(MQTTMessage(topic: topic, payload: [])) }
        }
        await #expect(throws: MQTTError.self) { try await client.subscribe(["a/#/b"]) }
        try await client.publish(MQTTMessage(topic: "still/alive", payload: []))
        await client.stop()
    }

    @Test func aBadFilterHurtsOnlyTheFewHundredThatShareItsPacket() async throws {
        let broker = try Broker()
        let client = try client(MQTTConfiguration(server: broker.address))
        var events = EventReader(client)
        await events.connected()
        let filters = [String(repeating: "n", count: 70_000)] + (1..<200).map { "t/\($0)" } + ["good"]
        let error = await #expect(throws: MQTTError.self) { try await client.subscribe(filters) }
        #expect(error?.code == .invalidMessage)
        #expect((error?.message.utf8.count ?? 0) < 1000)
        try await client.publish(MQTTMessage(topic: "good", payload: [7]))
        #expect(await events.message()?.payload == [7])
        await client.stop()
    }

    @Test func comesBackWhenTheBrokerDoes() async throws {
        let broker = try Broker()
        broker.stop()
        let client = try client(MQTTConfiguration(server: broker.address))
        var events = EventReader(client)
        #expect(await events.disconnected()?.code == .unreachable)
        let error = await #expect(throws: MQTTError.self) {
            try await client.publish(MQTTMessage(topic: "t", payload: []))
        }
        #expect(error?.code == .notConnected)
        try broker.start()
        await events.connected()
        broker.stop()
        #expect(await events.disconnected()?.code == .connectionLost)
        try broker.start()
        await events.connected()
        try await client.publish(MQTTMessage(topic: "t", payload: []))
        await client.stop()
    }

    @Test func saysWhyTheBrokerRefused() async throws {
        let broker = try Broker(["allow_anonymous false"])
        let client = try client(MQTTConfiguration(server: broker.address, username: "anna", password: "wrong"))
        var events = EventReader(client)
        let reason = await events.disconnected()
        #expect(reason?.code == .connectionRefused)
        #expect(reason?.message.contains("'anna' is not authorised") == true, "\(reason?.message ?? "")")
        await client.stop()
    }

    @Test func namesTheFiltersThatWereRefused() async throws {
        let rules = FileManager.default.temporaryDirectory.appending(path: "rules-\(UUID().uuidString)")
        let role = #"{"rolename":"r","acls":[{"acltype":"subscribePattern","topic":"allowed/#","allow":true}]}"#
        let group = #"{"groupname":"g","roles":[{"rolename":"r"}]}"#
        let access = #"{"publishClientSend":true,"publishClientReceive":true,"subscribe":false,"unsubscribe":true}"#
        try #"{"defaultACLAccess":\#(access),"groups":[\#(group)],"roles":[\#(role)],"anonymousGroup":"g"}"#
            .write(to: rules, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: rules) }
        let broker = try Broker([
            "allow_anonymous true", "plugin /usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so",
            "plugin_opt_config_file \(rules.path)",
        ])
        let client = try client(MQTTConfiguration(server: broker.address))
        var events = EventReader(client)
        await events.connected()
        let error = await #expect(throws: MQTTError.self) { try await client.subscribe(["allowed/x", "secret/x"]) }
        #expect(error?.code == .subscriptionRefused)
        #expect(error?.message.contains("secret/x") == true)
        #expect(error?.message.contains("allowed/x") == false)
        await client.stop()
    }

    @Test func speaksTheLastWillOnlyWhenItDies() async throws {
        let broker = try Broker()
        let observer = try client(MQTTConfiguration(server: broker.address))
        var seen = EventReader(observer)
        await seen.connected()
        try await observer.subscribe(["will", "end"])
        var configuration = MQTTConfiguration(server: broker.address)
        configuration.will = MQTTMessage(topic: "will", payload: [1])
        let polite = try client(configuration)
        var events = EventReader(polite)
        await events.connected()
        await polite.stop()
        // Throws the second one out by taking its name.
        let first = try client(configuration)
        var firstEvents = EventReader(first)
        await firstEvents.connected()
        let rival = try client(MQTTConfiguration(server: broker.address, clientID: configuration.clientID))
        #expect(await firstEvents.disconnected() != nil)
        await first.stop()
        await rival.stop()
        #expect(await seen.message()?.topic == "will")
        try await observer.publish(MQTTMessage(topic: "end", payload: []))
        #expect(await seen.message()?.topic == "end")
        await observer.stop()
    }

    @Test func stopsQuicklyWhateverTheBrokerDoes() async throws {
        let frozen = try Broker()
        let silent = try LoopbackSocket()
        let silentPort = try silent.bindToAnyPort()
        silent.listenSilently()
        let closed = try LoopbackSocket().bindToAnyPort()
        let onFrozen = try client(MQTTConfiguration(server: frozen.address))
        var events = EventReader(onFrozen)
        await events.connected()
        frozen.freeze()
        let waiting = Task { try await onFrozen.publish(MQTTMessage(topic: "t", payload: [])) }
        let others = try [
            BrokerAddress(host: "127.0.0.1", port: silentPort), BrokerAddress(host: "127.0.0.1", port: closed),
            BrokerAddress(host: "10.255.255.1", port: 1883),
        ].map { try client(MQTTConfiguration(server: $0)) }
        for client in [onFrozen] + others {
            let duration = await ContinuousClock().measure { await client.stop() }
            // It promises one second. The bound leaves a busy machine its time: whoever waited for these brokers would
            // wait for a minute.
            #expect(duration < .seconds(10))
        }
        let error = await #expect(throws: MQTTError.self) { try await waiting.value }
        #expect(error?.code == .stopped)
    }

    @Test func afterTheStopEverythingIsAnswered() async throws {
        let client = try MosquittoClient(MQTTConfiguration(), logger: logger)
        try client.start()
        await client.stop()
        let error = await #expect(throws: MQTTError.self) { try await client.subscribe(["a"]) }
        #expect(error?.code == .stopped)
    }
}
