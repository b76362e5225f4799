// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
@testable import MapperMQTT
import Testing

@Suite(.enabled(if: Fixtures.areHere, "MAPPERKIT_FIXTURES is not set")) struct RecordingTests {
    @Test func everyMessageOfEdgeCoreDecodes() throws {
        var counts: [String: Int] = [:]
        for message in try Fixtures.publishedByEdgeCore() {
            let kind = try decode(message)
            counts[kind, default: 0] += 1
        }
        print("decoded:", counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        for kind in ["get result", "update result", "delta", "document", "orphan result", "membership"] {
            #expect(counts[kind, default: 0] > 5, "\(kind)")
        }
    }

    private func decode(_ message: Fixtures.Message) throws -> String {
        let payload = message.payload
        let source = Comment(rawValue: message.source)
        switch EdgeTopic(parsing: message.topic) {
        case .device(_, .twinGetResult):
            let result = try IncomingMessage.decode(IncomingMessage.TwinResult.self, payload)
            #expect(result.failure != nil || result.twin != nil, source)
            return "get result"
        case .device(_, .twinUpdateResult):
            let result = try IncomingMessage.decode(IncomingMessage.TwinResult.self, payload)
            #expect(result.failure != nil || result.twin != nil, source)
            return "update result"
        case .orphanResult:
            #expect(try IncomingMessage.decode(IncomingMessage.TwinResult.self, payload).failure == 400, source)
            return "orphan result"
        case .device(_, .twinUpdateDelta):
            let delta = try IncomingMessage.decode(IncomingMessage.Delta.self, payload)
            #expect(delta.delta?.isEmpty == false, source)
            for name in (delta.delta ?? [:]).keys { #expect(delta.twins[name]?.type != nil, source) }
            return "delta"
        case .device(_, .twinUpdateDocument):
            #expect(try IncomingMessage.decode(IncomingMessage.Document.self, payload).twin != nil, source)
            return "document"
        case .membershipUpdated:
            let membership = try IncomingMessage.decode(IncomingMessage.Membership.self, payload)
            let devices = (membership.added_devices ?? []) + (membership.removed_devices ?? [])
            #expect(devices.count == 1 && devices[0].identity != nil, source)
            return "membership"
        default:
            let known = ["state/update/result", "membership/get/result", "/updated"]
            #expect(known.contains { message.topic.hasSuffix($0) }, "\(message.topic) of \(message.source)")
            return "not ours"
        }
    }

    /// The link is told everything that was recorded, as if it had been there: it must stay well and answer sensibly.
    @Test func theLinkUnderstandsWholeRecordings() throws {
        let messages = try Fixtures.publishedByEdgeCore()
        let ids = Set(
            messages.compactMap { message -> DeviceID? in
                guard case .device(let id, _) = EdgeTopic(parsing: message.topic) else { return nil }
                return id
            }
        )
        #expect(ids.contains { $0.namespace != nil } && ids.contains { $0.namespace == nil })
        var bench = CoreBench(ids.filter(EdgeTopic.canCarry).map { CoreBench.device($0) })
        bench.connect()
        for message in messages {
            bench.tell { $0.received(MQTTMessage(topic: message.topic, payload: message.payload), at: $1) }
            _ = bench.deliver()
        }
        #expect(!bench.logs.contains { $0.message.contains("cannot be read") }, "\(bench.logs)")
        let desired = bench.events.filter { if case .desired = $0 { true } else { false } }
        let cleared = bench.events.filter { if case .desiredCleared = $0 { true } else { false } }
        #expect(desired.count > 50)
        #expect(!cleared.isEmpty)
    }
}
