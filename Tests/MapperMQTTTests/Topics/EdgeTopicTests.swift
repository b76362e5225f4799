// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import MapperMQTT
import MapperKit
import Testing

@Suite struct EdgeTopicTests {
    private static let flat = DeviceID("plc-01")
    private static let namespaced = DeviceID("plc-01", namespace: "default")

    @Test(arguments: [
        (EdgeTopic.device(flat, .twinUpdate), "$hw/events/device/plc-01/twin/update"),
        (.device(flat, .twinUpdateResult), "$hw/events/device/plc-01/twin/update/result"),
        (.device(flat, .twinUpdateDelta), "$hw/events/device/plc-01/twin/update/delta"),
        (.device(flat, .twinUpdateDocument), "$hw/events/device/plc-01/twin/update/document"),
        (.device(flat, .twinGet), "$hw/events/device/plc-01/twin/get"),
        (.device(flat, .twinGetResult), "$hw/events/device/plc-01/twin/get/result"),
        (.device(flat, .stateUpdate), "$hw/events/device/plc-01/state/update"),
        (.device(namespaced, .twinUpdateDelta), "$hw/events/device/default/plc-01/twin/update/delta"),
        (.device(DeviceID("update"), .twinGet), "$hw/events/device/update/twin/get"),
        (.device(DeviceID("twin"), .twinUpdateResult), "$hw/events/device/twin/twin/update/result"),
        (.orphanResult, "$hw/events/device//twin/update/result"),
        (.membershipUpdated(node: "edge-node1"), "$hw/events/node/edge-node1/membership/updated"),
        (.membershipGetResult(node: "edge-node1"), "$hw/events/node/edge-node1/membership/get/result"),
        (.device(flat, .stateUpdateResult), "$hw/events/device/plc-01/state/update/result"),
    ])
    func readsWhatItWrites(topic: EdgeTopic, text: String) {
        #expect(topic.text == text)
        #expect(EdgeTopic(parsing: text) == topic)
    }

    @Test func writesTopicsThatEdgeCoreDoesNotRead() {
        #expect(EdgeTopic.telemetry(Self.flat).text == "$ke/events/device/plc-01/data/update")
        #expect(EdgeTopic.telemetry(Self.namespaced).text == "$ke/events/device/default/plc-01/data/update")
        #expect(EdgeTopic.mapperState(clientID: "m1").text == "$ke/events/mapper/m1/state/update")
    }

    @Test(arguments: [
        "", "$hw/events/device/", "$hw/events/device/a", "$hw/events/device/a/twin/updated",
        "$hw/events/device/a/b/c/twin/update/delta", "$hw/events/device//twin/update/delta",
        "$hw/events/device//twin/get/result", "$hw/events/device/a//twin/update/result", "a/twin/update/delta",
        "$hw/events/node/n/membership/gotten", "$hw/events/node/n/membership/get",
        "$hw/events/device/twin/update/delta",
    ])
    func readsNothingElse(text: String) {
        #expect(EdgeTopic(parsing: text) == nil)
    }

    @Test func subscribesToWhatConcernsADevice() {
        #expect(
            EdgeTopic.filters(for: Self.namespaced) == [
                "$hw/events/device/default/plc-01/twin/update/delta",
                "$hw/events/device/default/plc-01/twin/update/result",
                "$hw/events/device/default/plc-01/twin/get/result",
                "$hw/events/device/default/plc-01/twin/update/document",
            ]
        )
        #expect(
            EdgeTopic.commonFilters == [
                "$hw/events/device//twin/update/result", "$hw/events/node/+/membership/updated",
            ]
        )
    }

    @Test(arguments: [
        ("a", true), ("a.b-c_1", true), ("", false), ("a/b", false), ("a+", false), ("#", false), ("a\0", false),
        (String(repeating: "n", count: 253), true), (String(repeating: "n", count: 254), false),
    ])
    func knowsWhichNamesFitIntoTopics(name: String, fits: Bool) {
        #expect(EdgeTopic.canCarry(DeviceID(name)) == fits)
        #expect(EdgeTopic.canCarry(DeviceID("a", namespace: name)) == fits)
    }

    @Test(arguments: [
        ("$ke/events/device/a/customized/update", true), ("", false), ("$ke/events/device/+/data/update", false),
        ("a/#", false), ("a\0", false),
    ])
    func knowsWhereTelemetryCanGo(topic: String, can: Bool) {
        #expect(EdgeTopic.canPublish(on: topic) == can)
    }

    @Test(arguments: [("plc-01", flat), ("default/plc-01", namespaced)])
    func readsIdentities(text: String, id: DeviceID) {
        #expect(DeviceID(topicForm: text) == id)
    }
}
