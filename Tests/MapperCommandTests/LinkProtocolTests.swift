// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@testable import MapperCommand

@Suite("The protocol of a link that carries one", .timeLimit(.minutes(2)))
struct LinkProtocolTests {
    private func run(_ yaml: String) async throws -> (CommandStatus, Stage) {
        let stage = try Stage()
        try stage.file("config.yaml", yaml)
        async let status = stage.run(PairMapper.self, ["--dmi", "/run/dmi.sock"])
        return (try await status, stage)
    }

    @Test(
        "By DMI a mapper of several protocols has to be told one of its own",
        arguments: [
            (
                "log: {level: info}\n",
                "config.yaml:1:1: error: configuration: 'common.protocol' is missing, and by DMI EdgeCore sends a "
                    + "mapper the devices of one protocol: this mapper speaks test, shelf/rack; start it once for each\n"
            ),
            (
                "common:\n  protocol: shelv\n",
                "config.yaml:2:3: error: configuration: 'protocol' is 'shelv', did you mean 'shelf'?: this mapper "
                    + "speaks test, shelf/rack; start it once for each\n"
            ),
        ]
    )
    func refused(yaml: String, message: String) async throws {
        let (status, stage) = try await run(yaml)
        #expect(status == .configuration)
        #expect(stage.error == message)
        #expect(stage.plans.isEmpty)
    }

    @Test("The one it is told is what its devices have, in the driver's own spelling")
    func chosen() async throws {
        let stage = try Stage()
        try stage.file("config.yaml", "common: {protocol: RACK}\n")
        async let status = stage.run(PairMapper.self, ["--dmi", "/run/dmi.sock"])
        try await stage.complained("starting")
        stage.signals.continuation.yield(.terminate)
        #expect(try await status == .success)
        #expect(stage.plans.first?.driverProtocol == "rack")
        #expect(stage.plans.first?.edge.dmi?.protocolName == "RACK")
    }

    @Test("A broker carries all of them")
    func broker() async throws {
        let stage = try Stage()
        let path = try stage.file("p.yaml", SampleProfile.model + SampleProfile.device())
        async let status = stage.run(PairMapper.self, ["--profile", path])
        _ = try await stage.edge.nextReport(of: DeviceID("thermo-01"))
        stage.signals.continuation.yield(.terminate)
        #expect(try await status == .success)
    }
}
