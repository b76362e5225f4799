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

    private func pod(_ manifest: String = "deployment.yaml") throws -> ConfigNode {
        let documents = try ConfigReader().read(file: "\(Self.folder)/\(manifest)")
        #expect(documents.count == 1)
        return try #require(documents.first?["spec"]?["template"]?["spec"])
    }

    @Test(
        "the manifests ask for the host's network and two capabilities, and for nothing else",
        arguments: ["deployment.yaml", "deployment-dmi.yaml"]
    )
    func privileges(manifest: String) throws {
        let pod = try pod(manifest)
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

    @Test("with DMI the sockets are where the host has them, and EdgeCore's is the one that is named")
    func sockets() throws {
        let pod = try pod("deployment-dmi.yaml")
        let volumes = pod["volumes"]?.elements ?? []
        #expect(volumes.map { $0["name"] } == ["kubeedge", "keys"])
        let mounts = pod["containers"]?.elements?.first?["volumeMounts"]?.elements ?? []
        #expect(mounts.map { $0["mountPath"] } == volumes.map { $0["hostPath"]?["path"] })
        let environment = pod["containers"]?.elements?.first?["env"]?.elements ?? []
        #expect(environment.first == ["name": "MAPPER_COMMON_EDGECORE_SOCK", "value": "/etc/kubeedge/dmi.sock"])
    }

    @Test("the configuration file that comes with it is taken without a word")
    func configuration() throws {
        let run = try ConfiguredRun("\(Self.folder)/config.yaml")
        #expect(run.status == 78)
        #expect(run.complaints.count == 1 && run.complaints.first?.contains("/nonexistent.yaml") == true)
    }
}
