// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import Testing

@testable import MapperDMI

@Suite("A mapper whose sockets cannot be used says why", .timeLimit(.minutes(2)))
struct UnusableSocketTests {
    @Test func theMappersOwn() async throws {
        try await Bench.run { bench in
            var configuration = bench.configuration()
            configuration.mapperSocket = "\(bench.folder)/later/m.sock"
            try await bench.withMapper(configuration) { _ in
                try await bench.log.wait(
                    for: "error: this mapper's socket ('socket_path') cannot be listened on: the directory "
                        + "\(bench.folder)/later is not there: make it, or choose another path; it is tried again "
                        + "every second"
                )
                try FileManager.default.createDirectory(
                    atPath: "\(bench.folder)/later",
                    withIntermediateDirectories: true
                )
                try await bench.log.wait(for: "registered with EdgeCore devices=0")
                try await bench.log.wait(for: "letter for letter protocol=scripted")
            }
            #expect(bench.log.lines.count { $0.hasPrefix("error") } == 1)
        }
    }

    @Test func edgeCores() async throws {
        try await Bench.run { bench in
            var configuration = bench.configuration()
            configuration.edgeCoreSocket = bench.folder
            try await bench.withMapper(configuration) { _ in
                try await bench.log.wait(for: "waiting for EdgeCore: a directory is where its socket should be")
            }
        }
    }
}
