// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import Testing

@testable import MapperDMI

/// Whoever is woken without need runs all the time: every look at the link's state used to ring for the next one.
@Suite("When the link looks for something to send")
struct LinkWakingTests {
    private let reported = Duration.seconds(1)

    /// A link's state with devices that have said nothing yet.
    private func core(burst: Int = 90, devices: Int = 1) throws -> LinkCore {
        var configuration = DMIConfiguration(mapperSocket: "/m.sock", name: "m", version: "1", protocolName: "fieldbus")
        configuration.requestBurst = burst
        var core = LinkCore(configuration, protocolName: "fieldbus", at: .zero) { _ in [] }
        var response = DMIMapperRegisterResponse()
        response.modelList = [Samples.model()]
        response.deviceList = try (1...devices).map { try Samples.device("boiler-\($0)") }
        core.registered(response, at: .zero)
        return core
    }

    private func report(_ text: String, to core: inout LinkCore, of index: Int = 1, at uptime: Duration) {
        let id = DeviceID("boiler-\(index)", namespace: "default")
        core.report(TwinReport(id, ["temperature": Samples.value(text)]), at: uptime)
    }

    /// Sends what is next.
    private func sent(_ core: inout LinkCore, at uptime: Duration) -> Parcel? {
        guard case .send(let parcel) = core.next(at: uptime) else { return nil }
        core.sent(parcel, .accepted, at: uptime)
        return parcel
    }

    /// Until when nothing is to be sent.
    private func end(_ core: inout LinkCore, at uptime: Duration) throws -> Duration? {
        guard case .wait(let moment) = core.next(at: uptime) else {
            throw DMIError(.invalidConfiguration, "something is sent")
        }
        return moment
    }

    private func wakes(_ core: inout LinkCore) -> Bool { core.takeWake() }

    @Test func lookingIsNoReasonToLookAgain() throws {
        var core = try core()
        #expect(try end(&core, at: .zero) == nil)
        #expect(!wakes(&core))
        core.tick(at: .seconds(1))
        #expect(!wakes(&core))
    }

    @Test func cycleOfStatesInNanosecondsIsSaidOnce() throws {
        var core = try core()
        _ = core.takeActions()
        var device = try Samples.device()
        device.status.reportToCloud = true
        device.status.reportCycle = 60_000_000_000
        for _ in 1...2 { #expect(core.received(.device(device), at: .zero) == nil) }
        let warnings = core.takeActions().compactMap { action -> String? in
            guard case .log(.warning, let message, _) = action else { return nil }
            return message
        }
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasSuffix("write 60000 for that") == true)
    }

    @Test func theFirstReportEndsThePause() throws {
        var core = try core(devices: 2)
        #expect(try end(&core, at: .zero) == nil)
        report("1", to: &core, at: reported)
        #expect(wakes(&core))
        report("2", to: &core, at: reported)
        report("1", to: &core, of: 2, at: reported)
        #expect(!wakes(&core))
        #expect(sent(&core, at: reported)?.device == Samples.boiler)
    }

    @Test func aChangedStateEndsThePause() throws {
        var core = try core()
        #expect(try end(&core, at: .zero) == nil)
        core.report(.offline, of: Samples.boiler, at: reported)
        #expect(wakes(&core))
    }

    @Test func whatTheLimitHoldsBackWakesNobody() throws {
        var core = try core(burst: 2, devices: 2)
        report("1", to: &core, at: reported)
        #expect(sent(&core, at: reported) != nil)
        report("1", to: &core, of: 2, at: reported)
        let moment = try #require(try end(&core, at: reported))
        report("2", to: &core, at: reported)
        report("2", to: &core, of: 2, at: reported)
        #expect(!wakes(&core))
        #expect(sent(&core, at: moment) != nil)
    }

    /// One device waits for its next turn; another one need not.
    @Test func whatCanGoSoonerEndsThePause() throws {
        var core = try core(devices: 2)
        report("1", to: &core, at: reported)
        #expect(sent(&core, at: reported) != nil)
        report("2", to: &core, at: reported)
        let moment = try #require(try end(&core, at: reported))
        #expect(moment > reported)
        report("3", to: &core, at: reported)
        #expect(!wakes(&core))
        report("1", to: &core, of: 2, at: reported)
        #expect(wakes(&core))
        #expect(sent(&core, at: reported)?.device == DeviceID("boiler-2", namespace: "default"))
    }
}
