// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperMQTT

/// What an application learns from EdgeCore's messages.
@Suite struct KnownTwinsTests {
    private let room = DeviceID("room-01")
    private var known = KnownTwins(mark: "mine-")

    private mutating func take(_ json: String, _ topic: EdgeTopic) -> [KnownTwins.Step] {
        known.take(MQTTMessage(topic: topic.text, payload: Array(json.utf8)))
    }

    private mutating func document(_ twins: String, of device: DeviceID? = nil) -> [KnownTwins.Step] {
        take(#"{"event_id":"","timestamp":1,"twin":{\#(twins)}}"#, .device(device ?? room, .twinUpdateDocument))
    }

    private func change(_ property: String, _ before: TwinValues?, _ now: TwinValues?) -> KnownTwins.Step {
        .tell(.changed(TwinChange(device: room, property: property, before: before, now: now)))
    }

    private let first = #"""
        "fan":{"last":null,"current":{"actual":{"value":"false"},"metadata":{"type":"boolean"}}}
        """#

    @Test mutating func `A report that repeats what is known is no change`() {
        let off = TwinValues(reported: "false", type: "boolean")
        #expect(document(first) == [change("fan", nil, off)])
        #expect(document(first) == [])
        let wanted =
            #""fan":{"last":null,"current":{"expected":{"value":"true"},"actual":{"value":"false"},"metadata":{"type":"boolean"}}}"#
        #expect(
            document(wanted) == [change("fan", off, TwinValues(desired: "true", reported: "false", type: "boolean"))]
        )
        let goneAgain =
            #""fan":{"last":null,"current":{"expected":{"value":""},"actual":{"value":"false"},"metadata":{"type":"boolean"}}}"#
        #expect(document(goneAgain).count == 1)
        #expect(document(#""fan":{"last":null,"current":null}"#) == [change("fan", off, nil)])
        #expect(document(#""fan":{"last":null,"current":null}"#) == [])
    }

    @Test mutating func `An answer holds all twins of a device, and those that are not in it are gone`() {
        _ = document(first)
        let answer =
            #"{"event_id":"","timestamp":1,"twin":{"mode":{"actual":{"value":"2"},"metadata":{"type":"int"}}}}"#
        let steps = take(answer, .device(room, .twinGetResult))
        let off = TwinValues(reported: "false", type: "boolean")
        #expect(steps == [change("fan", off, nil), change("mode", nil, TwinValues(reported: "2", type: "int"))])
        #expect(take(answer, .device(room, .twinGetResult)) == [])
        let unknown = #"{"event_id":"","timestamp":1,"code":404,"reason":"not found"}"#
        #expect(take(unknown, .device(room, .twinGetResult)) == [])
    }

    @Test mutating func `Every device of the node is asked for, and one that is gone has no twins`() {
        _ = document(first)
        let other = DeviceID("lamp", namespace: "default")
        let list = #"{"event_id":"","timestamp":1,"devices":[{"id":"default/lamp","name":"lamp"},{"name":"door"}]}"#
        let steps = take(list, .membershipGetResult(node: "edge-node"))
        let off = TwinValues(reported: "false", type: "boolean")
        #expect(steps == [change("fan", off, nil), .ask(other), .ask(DeviceID("door"))])
        let added = #"{"added_devices":[{"id":"room-01","name":"room-01"}],"removed_devices":null}"#
        #expect(take(added, .membershipUpdated(node: "edge-node")) == [.ask(room)])
        _ = document(first)
        let removed = #"{"added_devices":null,"removed_devices":[{"id":"room-01","name":"room-01"}]}"#
        #expect(take(removed, .membershipUpdated(node: "edge-node")) == [change("fan", off, nil)])
    }

    @Test mutating func `Only refusals of the client's own wishes are told`() {
        let result = #"{"event_id":"mine-1","timestamp":1,"code":404,"reason":"no such device"}"#
        let refused = KnownTwins.Step.tell(.refused(room, "no such device"))
        #expect(take(result, .device(room, .twinUpdateResult)) == [refused])
        let others = #"{"event_id":"mapper-1","timestamp":1,"code":404,"reason":"no such device"}"#
        #expect(take(others, .device(room, .twinUpdateResult)) == [])
        let accepted = #"{"event_id":"mine-1","timestamp":1,"twin":{}}"#
        #expect(take(accepted, .device(room, .twinUpdateResult)) == [])
    }

    @Test mutating func `States are told, and what cannot be read is nothing`() {
        let state = #"{"event_id":"","timestamp":1,"device":{"name":"room-01","state":"online"}}"#
        #expect(take(state, .device(room, .stateUpdateResult)) == [.tell(.state(room, "online"))])
        for text in ["", "null", "[]", "{}", "{\"twin\":5}", "\u{FEFF}{}"] {
            for topic in [
                EdgeTopic.device(room, .twinUpdateDocument), .device(room, .twinGetResult),
                .device(room, .twinUpdateResult), .device(room, .stateUpdateResult), .membershipUpdated(node: "n"),
                .membershipGetResult(node: "n"), .device(room, .twinUpdateDelta), .orphanResult,
            ] { #expect(take(text, topic) == []) }
        }
        #expect(known.take(MQTTMessage(topic: "elsewhere", payload: [])) == [])
    }
}
