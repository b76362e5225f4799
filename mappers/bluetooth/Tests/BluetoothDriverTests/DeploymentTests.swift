// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@Suite("The Bluetooth mapper in a cluster")
struct DeploymentTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    private func pod() throws -> ConfigNode {
        let documents = try ConfigReader().read(file: "\(Self.folder)/deployment.yaml")
        #expect(documents.count == 1)
        return try #require(documents.first?["spec"]?["template"]?["spec"])
    }

    @Test("the manifest asks for the host's network and two capabilities, and for nothing else")
    func privileges() throws {
        let pod = try pod()
        #expect(pod["hostNetwork"] == true)
        for key in ["hostPID", "hostIPC"] { #expect(pod[key] == nil) }
        let container = try #require(pod["containers"]?.elements?.first)
        #expect(pod["containers"]?.elements?.count == 1)
        #expect(
            container["securityContext"] == [
                "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true,
                "capabilities": ["drop": ["ALL"], "add": ["NET_ADMIN", "NET_RAW"]],
            ]
        )
        #expect(
            pod["securityContext"] == [
                "runAsUser": 0, "runAsGroup": 0, "seccompProfile": ["type": "RuntimeDefault"],
            ]
        )
    }

    @Test("the keys are in a folder of the host of their own, the profile is read only")
    func volumes() throws {
        let pod = try pod()
        let volumes = pod["volumes"]?.elements ?? []
        #expect(volumes.map { $0["name"] } == ["device-profile", "keys"])
        #expect(volumes.last?["hostPath"] == ["path": "/var/lib/bluetooth-mapper", "type": "DirectoryOrCreate"])
        let mounts = pod["containers"]?.elements?.first?["volumeMounts"]?.elements ?? []
        #expect(mounts.map { $0["readOnly"] ?? false } == [true, false])
        #expect(mounts.map { $0["mountPath"] } == ["/opt/kubeedge", "/var/lib/bluetooth-mapper"])
        #expect(mounts.allSatisfy { $0["subPath"] == nil })
    }

    @Test("the configuration file that comes with it is taken without a word")
    func configuration() throws {
        let run = try ConfiguredRun("\(Self.folder)/config.yaml")
        #expect(run.status == 78)
        #expect(run.complaints.count == 1 && run.complaints.first?.contains("/nonexistent.yaml") == true)
    }
}
