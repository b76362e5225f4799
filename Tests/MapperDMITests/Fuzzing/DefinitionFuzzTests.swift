// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import SwiftProtobuf
import Testing

@testable import MapperDMI

/// No sequence of definitions may end the mapper, or make it send what would end EdgeCore.
///
/// `MAPPERKIT_FUZZ_SECONDS` makes it go on for longer than the moment it takes by default.
@Suite("Damaged definitions")
struct DefinitionFuzzTests {
    private struct Config: Decodable, Sendable {
        var port: Int?
        var register: Int?
    }

    private static let seconds = ProcessInfo.processInfo.environment["MAPPERKIT_FUZZ_SECONDS"].flatMap(Double.init)

    @Test func nothingEndsTheLink() throws {
        let end = Date().addingTimeInterval(Self.seconds ?? 1)
        let responses = try Self.responses()
        var (mutation, core, now, rounds) = (Mutation(), Self.core(), Duration.zero, 0)
        while Date() < end || rounds < 200 {
            rounds += 1
            now += .milliseconds(Int64.random(in: 0...3000))
            if rounds % 5000 == 0 { core = Self.core() }
            try step(&core, &mutation, responses.randomElement() ?? DMIMapperRegisterResponse(), at: now)
            _ = core.takeActions()
        }
        print("\(rounds) rounds of damaged definitions")
    }

    private func step(
        _ core: inout LinkCore,
        _ mutation: inout Mutation,
        _ response: DMIMapperRegisterResponse,
        at now: Duration
    ) throws {
        let device = response.deviceList.randomElement() ?? DMIDevice()
        let model = response.modelList.randomElement() ?? DMIDeviceModel()
        switch Int.random(in: 0..<8) {
        case 0:
            let bytes = mutation.damaged([UInt8](try device.serializedData()))
            if let device = try? DMIDevice(serializedBytes: bytes) { _ = core.received(.device(device), at: now) }
        case 1:
            let bytes = mutation.damaged([UInt8](try model.serializedData()))
            if let model = try? DMIDeviceModel(serializedBytes: bytes) { _ = core.received(.model(model), at: now) }
        case 2:
            let bytes = mutation.damaged([UInt8](try response.serializedData()))
            core.registering()
            if let list = try? DMIMapperRegisterResponse(serializedBytes: bytes) { core.registered(list, at: now) }
        case 3: _ = core.received(.device(mutation.twisted(device)), at: now)
        case 4: _ = core.received(.model(mutation.twisted(model)), at: now)
        case 5: _ = core.received(Bool.random() ? .deviceRemoved(device.id) : .modelRemoved(model.id), at: now)
        case 6: core.cameBack(at: now)
        default: report(&core, device, at: now)
        }
        core.tick(at: now)
        try drain(&core, at: now)
    }

    private func report(_ core: inout LinkCore, _ device: DMIDevice, at now: Duration) {
        var values: [String: TwinReport.Value] = [:]
        for property in device.spec.properties {
            let text = ["21.5", "", "two words", "1e+06", "é"].randomElement() ?? ""
            values[property.name] = Samples.value(text, observed: Bool.random() ? text : nil)
        }
        core.report(TwinReport(device.id, values), at: now)
        core.report(DeviceState.allCases.randomElement() ?? .online, of: device.id, at: now)
    }

    /// Sends what waits, and looks at every message of it.
    private func drain(_ core: inout LinkCore, at now: Duration) throws {
        while case .send(let parcel) = core.next(at: now) {
            if case .twins(let twins) = parcel.content {
                #expect(!twins.isEmpty)
                for message in twins.values.map(\.message) {
                    let bytes: Data = try message.serializedBytes()
                    let twin = try DMITwin(serializedBytes: bytes)
                    try #require(twin.hasReported && twin.hasObservedDesired && !twin.propertyName.isEmpty)
                }
            }
            let outcomes: [CallOutcome] = [
                .accepted, .accepted, .tooMany, .lost("gone"), .refused("no"), .unimplemented,
            ]
            core.sent(parcel, outcomes.randomElement() ?? .accepted, at: now)
        }
        #expect(
            core.device(Samples.boiler)?.status.twins.allSatisfy { $0.hasReported && $0.hasObservedDesired } != false
        )
    }

    private static func core() -> LinkCore {
        let configuration = DMIConfiguration(mapperSocket: "/m.sock", name: "m", version: "1", protocolName: "fieldbus")
        return LinkCore(configuration, protocolName: "fieldbus", at: .zero) { instance in
            let trees = [instance.protocolConfig] + instance.properties.map(\.visitor)
            return trees.flatMap { ConfigDecoder.decode(Config.self, from: $0, subject: "it").diagnostics }
        }
    }

    /// Our own samples, and real ones where there are any.
    private static func responses() throws -> [DMIMapperRegisterResponse] {
        let ours = try DMIMapperRegisterResponse.with {
            $0.modelList = [Samples.model(), Samples.model("pump")]
            $0.deviceList = [try Samples.device(threshold: "7"), try Samples.device("pump-1", model: "pump")]
        }
        guard Fixtures.areHere else { return [ours] }
        let names = ["01-MapperRegisterResponse", "08-MapperRegisterResponse-minimal-two-devices"]
        return try [ours]
            + names.map {
                try DMIMapperRegisterResponse(serializedBytes: Fixtures.data("dmi/golden-v1.23.1/\($0).bin"))
            }
    }
}
