// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperDMI

/// A node full of devices that change all the time, at EdgeCore's pace, on a clock that the test moves.
@Suite("What somebody waits for, among much else")
struct AwaitedFirstTests {
    private static let devices = 200

    private static func id(_ index: Int) -> DeviceID { DeviceID("boiler-\(index)", namespace: "default") }

    /// A link's state after a minute in which every device changed every second.
    private func busyCore(until uptime: Duration) throws -> LinkCore {
        var configuration = DMIConfiguration(mapperSocket: "/m.sock", name: "m", version: "1", protocolName: "fieldbus")
        configuration.requestsPerSecond = 1
        configuration.requestBurst = 1
        var core = LinkCore(configuration, protocolName: "fieldbus", at: .zero) { _ in [] }
        var response = DMIMapperRegisterResponse()
        response.modelList = [Samples.model()]
        response.deviceList = try (1...Self.devices).map { try Samples.device("boiler-\($0)") }
        core.registered(response, at: .zero)
        for index in 1...Self.devices { core.report(.online, of: Self.id(index), at: .zero) }
        var moment = Duration.zero
        while moment < uptime {
            _ = requests(&core, at: moment)
            moment += .seconds(1)
        }
        return core
    }

    /// Lets every device change, and sends what the limit allows.
    private func requests(_ core: inout LinkCore, at uptime: Duration) -> [Parcel] {
        let text = "\(Int(uptime / .seconds(1)))"
        for index in 1...Self.devices {
            core.report(TwinReport(Self.id(index), ["temperature": Samples.value(text)]), at: uptime)
        }
        var sent: [Parcel] = []
        while case .send(let parcel) = core.next(at: uptime) {
            core.sent(parcel, .accepted, at: uptime)
            sent.append(parcel)
        }
        return sent
    }

    /// The device of the first request that a test looks for, and after how many seconds it went.
    private func wait(for isWanted: (Parcel) -> Bool, _ core: inout LinkCore, from start: Duration) -> Int? {
        (0..<Self.devices).first { second in
            requests(&core, at: start + .seconds(second)).contains(where: isWanted)
        }
    }

    @Test func absenceIsKnownInSeconds() throws {
        var core = try busyCore(until: .seconds(60))
        core.report(.offline, of: Self.id(150), at: .seconds(60))
        let isState = { (parcel: Parcel) in
            guard case .state(.offline) = parcel.content else { return false }
            return parcel.device == Self.id(150)
        }
        #expect(try #require(wait(for: isState, &core, from: .seconds(60))) <= 5)
    }

    @Test func confirmationIsKnownInSeconds() throws {
        var core = try busyCore(until: .seconds(60))
        let confirmation = Samples.value("30", observed: "30")
        core.report(TwinReport(Self.id(150), ["threshold": confirmation]), at: .seconds(60))
        let confirms = { (parcel: Parcel) in
            guard case .twins(let twins) = parcel.content else { return false }
            return parcel.device == Self.id(150) && twins["threshold"] != nil
        }
        #expect(try #require(wait(for: confirms, &core, from: .seconds(60))) <= 5)
    }

    @Test func valuesGoOnWhileStatesChange() throws {
        var core = try busyCore(until: .seconds(60))
        for index in 1...Self.devices { core.report(.offline, of: Self.id(index), at: .seconds(60)) }
        let sent = (60..<160).flatMap { requests(&core, at: .seconds($0)) }
        let values = sent.count { if case .twins = $0.content { true } else { false } }
        #expect(values * 4 >= sent.count - 3)
        #expect(values * 3 <= sent.count)
    }
}
