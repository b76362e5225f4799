// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MapperDMI

@Suite("Why a socket cannot be used")
struct SocketPlaceTests {
    private static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/place-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func whatIsNoSocketIsNamed() throws {
        try Self.withFolder { folder in
            let file = folder + "/file"
            try Data().write(to: URL(fileURLWithPath: file))
            #expect(SocketPlace.obstacle(toReaching: folder) == .directory)
            #expect(SocketPlace.obstacle(toReaching: file) == .otherFile)
            #expect(SocketPlace.obstacle(toReaching: file + "/dmi.sock") == .notADirectory(file))
            #expect(SocketPlace.obstacle(toReaching: folder + "/dmi.sock") == .missing)
            #expect(SocketPlace.obstacle(toReaching: folder + "/gone/dmi.sock") == .missing)
            #expect(SocketPlace.obstacle(toMaking: folder) == .directory)
            #expect(SocketPlace.obstacle(toMaking: file) == .otherFile)
            #expect(SocketPlace.obstacle(toMaking: file + "/m.sock") == .notADirectory(file))
            #expect(SocketPlace.obstacle(toMaking: folder + "/gone/m.sock") == .noDirectory(folder + "/gone"))
            #expect(SocketPlace.obstacle(toMaking: folder + "/m.sock") == nil)
        }
    }

    @Test(
        .enabled(if: geteuid() != 0, "root has every permission")
    )
    func closedDirectoriesAreNamed() throws {
        try Self.withFolder { folder in
            let closed = folder + "/closed"
            try FileManager.default.createDirectory(atPath: closed, withIntermediateDirectories: true)
            #expect(chmod(closed, 0) == 0)
            #expect(SocketPlace.obstacle(toReaching: closed + "/dmi.sock") == .closedDirectory(closed))
            #expect(SocketPlace.obstacle(toMaking: closed + "/m.sock") == .closedDirectory(closed))
            #expect(chmod(closed, 0o700) == 0)
        }
    }

    @Test func theCureIsSaid() {
        #expect(
            SocketPlace.closedSocket.reasonForWaiting.hasSuffix("no permission for its socket: run the mapper as root")
        )
        #expect(
            SocketPlace.closedDirectory("/etc/kubeedge").reasonForWaiting.hasSuffix(
                "no permission for /etc/kubeedge: run the mapper as root"
            )
        )
        #expect(
            SocketPlace.closedDirectory("/etc/kubeedge").reasonForSilence
                == "no permission to make a socket in /etc/kubeedge: run as root"
        )
    }
}
