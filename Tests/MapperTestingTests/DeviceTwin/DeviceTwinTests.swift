// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperTesting

/// What the recordings do not show, or what has to hold without them.
struct DeviceTwinTests {
    private let pump = DeviceID("pump")

    private func edge(_ version: EdgeCoreVersion = .v1_14_0, desired: String? = nil) -> DeviceTwin {
        var edge = DeviceTwin(
            version: version,
            clock: { Timestamp(milliseconds: 5) },
            makeEventID: { "id" }
        )
        _ = edge.put(pump, twins: [CloudTwin("speed", type: "int", desired: desired)])
        return edge
    }

    private func report(_ json: String, to edge: inout DeviceTwin) -> [DeviceTwin.Output] {
        edge.receive(topic: "$hw/events/device/\(edge.name(of: pump))/twin/update", payload: Array(json.utf8))
    }

    private func texts(_ outputs: [DeviceTwin.Output]) -> [String] {
        outputs.map { output in
            switch output {
            case .mqtt(let topic, let payload): "\(topic.split(separator: "/").last ?? "") \(payload)"
            case .cloud(let resource, _, _): "cloud \(resource)"
            case .crash: "crash"
            }
        }
    }

    @Test func aDesiredValueIsSettledByReportingIt() {
        var edge = edge(desired: "5")
        let other = report(#"{"twin":{"speed":{"actual":{"value":"4"}}}}"#, to: &edge)
        #expect(texts(other).contains { $0.hasPrefix("delta") && $0.hasSuffix(#""delta":{"speed":"5"}}"#) })
        let equal = report(#"{"twin":{"speed":{"actual":{"value":"5"}}}}"#, to: &edge)
        #expect(!texts(equal).contains { $0.hasPrefix("delta") })
        #expect(edge.values(of: "speed", pump) == ("5", "5"))
    }

    @Test func oneExpectedFromTheMapperShutsTheCloudOut() {
        var edge = edge(desired: "5")
        _ = report(#"{"twin":{"speed":{"expected":{"value":"6"}}}}"#, to: &edge)
        let outputs = edge.setDesired(pump, ["speed": "7"])
        #expect(texts(outputs).last == "cloud device/pump/twin/edge_updated")
        #expect(edge.values(of: "speed", pump).desired == "6")
    }

    @Test(arguments: [
        #"{"twin":{"speed":{"actual":{}}}}"#, #"{"twin":{"speed":{"actual":{"value":null}}}}"#,
        #"{"twin":{"other":{"actual":{}}}}"#,
    ])
    func aMessageThatKillsEdgeCoreIsACrashAndChangesNothing(_ message: String) {
        var edge = edge(desired: "5")
        _ = report(#"{"twin":{"speed":{"actual":{"value":"4"}}}}"#, to: &edge)
        #expect(texts(report(message, to: &edge)) == ["crash"])
        #expect(edge.values(of: "speed", pump) == ("5", "4"))
    }

    @Test(arguments: ["e", "device", "hw", "events"])
    func aNameInsideTheTopicIsNeverAnswered(_ name: String) {
        var edge = DeviceTwin()
        _ = edge.put(DeviceID(name), twins: [CloudTwin("speed")])
        #expect(edge.receive(topic: "$hw/events/device/\(name)/twin/get", payload: Array("{}".utf8)).isEmpty)
    }

    @Test func namesHaveNamespacesInNewVersions() {
        var edge = edge(EdgeCoreVersion(1, 23, 1), desired: "5")
        #expect(edge.devices == ["default/pump"])
        #expect(edge.subscriptions.first == "$hw/events/device/+/+/twin/+")
        let outputs = edge.setDesired(pump, ["speed": "6"])
        #expect(texts(outputs).last?.hasSuffix(#""delta":{"speed":"6"}}"#) == true)
        #expect(edge.receive(topic: "$hw/events/device/pump/twin/get", payload: Array("{}".utf8)).isEmpty)
    }

    @Test func aPropertyTakenFromTheObjectIsDeleted() {
        var edge = edge(desired: "5")
        let outputs = edge.put(pump, twins: [])
        #expect(texts(outputs).first?.hasSuffix(#""current":null}}}"#) == true)
        #expect(
            texts([edge.getTwins(of: "pump", Array("{}".utf8))]) == [#"result {"event_id":"","timestamp":5,"twin":{}}"#]
        )
    }

    @Test func theSameObjectAgainSaysNothing() {
        var edge = edge(desired: "5")
        #expect(edge.put(pump, twins: [CloudTwin("speed", type: "int", desired: "5")]).isEmpty)
        #expect(edge.remove(DeviceID("other")).isEmpty)
        #expect(edge.setDesired(DeviceID("other"), ["speed": "1"]).isEmpty)
    }

    @Test func keysAreReadInAnyLetterCaseAndWrittenEscaped() {
        var edge = edge()
        let outputs = report(#"{"EVENT_ID":"<&>","Twin":{"speed":{"Actual":{"VALUE":"4"}}}}"#, to: &edge)
        #expect(texts(outputs).first?.hasPrefix(#"result {"event_id":"\u003c\u0026\u003e","#) == true)
    }

    @Test(arguments: [
        ("v1.12.0", EdgeCoreVersion(1, 12)), ("1.3.1", EdgeCoreVersion(1, 3, 1)), ("v1.14", EdgeCoreVersion(1, 14)),
        ("", nil), ("v1", nil), ("v1.x", nil), ("v1.2.3.4", nil), ("v1.-2", nil),
    ])
    func readsVersions(_ text: String, _ version: EdgeCoreVersion?) {
        #expect(EdgeCoreVersion(text) == version)
    }
}
