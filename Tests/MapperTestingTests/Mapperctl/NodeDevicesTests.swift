// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@testable import mapperctl

/// What of a profile is a node's.
struct NodeDevicesTests {
    private static func object(_ name: String, node: String?) -> String {
        """
        apiVersion: devices.kubeedge.io/v1beta1
        kind: Device
        metadata: {name: \(name), namespace: plant}
        spec:
          deviceModelRef: {name: boiler}
          protocol: {protocolName: fieldbus, configData: {}}
        \(node.map { "  nodeName: \($0)\n" } ?? "")
        """
    }

    private static let model = """
        apiVersion: devices.kubeedge.io/v1beta1
        kind: DeviceModel
        metadata: {name: boiler, namespace: plant}
        spec: {properties: [{name: temperature, type: FLOAT, accessMode: ReadOnly}]}

        """

    @Test func devicesOfOtherNodesAreLeftOutAndNamed() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("node-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let objects = [
            Self.model, Self.object("here", node: "edge-node"), Self.object("there", node: "other"),
            Self.object("nowhere", node: nil),
        ]
        try Data(objects.joined(separator: "\n---\n").utf8).write(to: file)
        let profile = try ProfileLoader().load([file.path])
        #expect(profile.profile.devices.count == 3)
        let own = NodeDevices(node: "edge-node").own(of: profile)
        let remarks = own.warnings.map(\.message).filter { $0.contains("not delivered") }
        #expect(own.profile.devices.map(\.id.name).sorted() == ["here", "nowhere"])
        #expect(remarks.count == 1)
        #expect(remarks.first?.hasPrefix("device 'plant/there' is not delivered: its nodeName is 'other'") == true)
        #expect(
            NodeDevices(node: "other").own(of: profile).profile.devices.map(\.id.name).sorted() == ["nowhere", "there"]
        )
    }

    @Test func socketsBeginInTheWorkingDirectory() {
        let directory = FileManager.default.currentDirectoryPath
        #expect(SocketArgument.absolute("q.sock") == directory + "/q.sock")
        #expect(SocketArgument.absolute("./q.sock") == directory + "/q.sock")
        #expect(SocketArgument.absolute("/run/q.sock") == "/run/q.sock")
    }
}
