// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRPCCore
import MapperKit
import SwiftProtobuf
import Testing

@testable import MapperDMI

/// The recorded talk of a real EdgeCore v1.23.1 with a mapper, in order: its side is played, ours must answer as recorded.
@Suite("Recordings of a real EdgeCore", .enabled(if: Fixtures.areHere, "MAPPERKIT_FIXTURES is not set"))
struct WireCaptureTests {
    private static let device = DeviceID("modbus-dev-01", namespace: "default")

    @Test func everyMessageInOrder() throws {
        var player = WirePlayer()
        let captures = try WireCapture.all()
        #expect(captures.count > 50)
        for capture in captures { try player.play(capture) }
        let wanted: [String: [EdgeEvent]] = [
            "cloud-adds-device": [
                .profile(player.profiles["cloud-adds-device"] ?? DeviceProfile()),
                .desired(
                    Self.device,
                    [
                        "threshold": DesiredValue("30.5", mayBeSettled: true),
                        "enable": DesiredValue("true", mayBeSettled: true),
                    ]
                ),
            ],
            "cloud-changes-desired": [.desired(Self.device, ["threshold": DesiredValue("45.5")])],
            "cloud-deletes-device": [
                .profile(DeviceProfile()), .desiredCleared(Self.device, ["threshold", "enable"]),
            ],
        ]
        #expect(player.events == wanted)
        #expect(player.profiles["cloud-adds-device"]?.devices.first?.properties.count == 3)
    }

    /// What a recorded report says comes out of the link as the same request, unless EdgeCore dropped or died of it.
    @Test func reportsAreTheRecordedOnes() throws {
        var player = WirePlayer()
        var same: [String] = []
        var unsaid: [String] = []
        for capture in try WireCapture.all() {
            try player.play(capture)
            guard capture.direction == "mapper-to-edgecore" else { continue }
            switch try player.says(capture) {
            case true?: same.append(capture.step)
            case false?: unsaid.append(capture.step)
            case nil: break
            }
        }
        #expect(
            same == [
                "report-status-one", "report-status-many", "report-states-online", "report-states-offline",
                "report-states-unhealthy", "report-states-unknown",
            ]
        )
        #expect(
            unsaid == [
                "report-status-unknown-device", "report-status-no-twins", "report-status-bad-value",
                "report-states-ok", "report-states-disconnected", "report-states-ONLINE", "crash-no-desired",
                "crash-no-reported", "crash-no-reportedDevice",
            ]
        )
    }

    /// The bytes of the registration are those of the recorded one, but for the state, which has no rule.
    @Test func registrationIsTheRecordedOne() throws {
        let capture = try #require(try WireCapture.all().first { $0.step == "register-no-devices" })
        var recorded = try DMIMapperRegisterRequest(serializedBytes: try #require(capture.request))
        let mapper = recorded.mapper
        let configuration = DMIConfiguration(
            mapperSocket: String(decoding: mapper.address, as: UTF8.self),
            name: mapper.name,
            version: mapper.version,
            apiVersion: mapper.apiVersion,
            protocolName: mapper.protocol
        )
        recorded.mapper.state = "ok"
        #expect(configuration.registration == recorded)
        let ours: Data = try configuration.registration.serializedBytes()
        #expect(ours == (try recorded.serializedBytes()))
    }

    @Test func errorsAreUnderstood() throws {
        let burst = "fail to report device status because of too many request: modbus-dev-01"
        #expect(CallOutcome(RPCError(code: .unknown, message: burst)) == .tooMany)
        for capture in try WireCapture.all() where capture.direction == "edgecore-error" {
            let error = try #require(capture.error)
            let code: RPCError.Code = error.code == "UNKNOWN" ? .unknown : .unavailable
            switch CallOutcome(RPCError(code: code, message: error.text)) {
            case .refused(let reason): #expect(code == .unknown && reason == error.text)
            case .lost: #expect(code == .unavailable)
            case .accepted, .tooMany, .unimplemented: Issue.record("\(capture.step) is misunderstood")
            }
        }
    }
}
