// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

#if DMI
import Logging
import MapperDMI
import MapperKit
import MapperTesting
import Testing

@testable import MapperCommand

@Suite("DMI in a build that has it")
struct DMISupportTests {
    private let plan = LinkPlan(
        edge: .dmi(DMISettings(mapperSocket: "/run/m.sock", name: "m", version: "1")),
        driverProtocol: "test",
        concerns: { _ in true },
        check: { _ in [] },
        checkDevice: { _ in [] },
        clock: ManualClock(),
        logger: Logger(label: "test")
    )

    @Test("What is true without the library is true with it")
    func constants() {
        #expect(DMISupport.isIncluded)
        #expect(SocketPath.longest == DMIConfiguration.longestPath)
        #expect(DMISettings.standardSocket == DMIConfiguration.defaultEdgeCoreSocket)
        let bare = DMIConfiguration(mapperSocket: "/m", name: "m", version: "1", protocolName: "p")
        #expect(DMISettings.standardInterface == bare.apiVersion)
    }

    @Test("The link gets what was set, and its own defaults otherwise")
    func configuration() {
        var settings = DMISettings(mapperSocket: "/run/m.sock", name: "m", version: "1")
        var expected = DMIConfiguration(mapperSocket: "/run/m.sock", name: "m", version: "1", protocolName: "test")
        #expect(DMISupport.configuration(settings, for: plan) == expected)
        settings.edgeCoreSocket = "/run/dmi.sock"
        settings.apiVersion = "v2"
        settings.protocolName = "thermo"
        settings.requestsPerSecond = 0.5
        settings.messagesPerSecond = 3
        expected.edgeCoreSocket = "/run/dmi.sock"
        expected.apiVersion = "v2"
        expected.protocolName = "thermo"
        expected.requestsPerSecond = 0.5
        expected.messagesPerSecond = 3
        #expect(DMISupport.configuration(settings, for: plan) == expected)
    }

    @Test("The plan's choice is the link that is made")
    func link() throws {
        #expect(try plan.link() is DMIEdgeLink)
    }
}
#endif
