// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRPCCore
import MapperDMI
import MapperKit
import MapperTesting
import SwiftProtobuf
import Testing

@testable import mapperctl

/// The edge's DMI server on real sockets.
@Suite(.timeLimit(.minutes(2)))
struct DMIServerTests {
    @Test(arguments: [EdgeCoreVersion(1, 17), DMIServerOptions.defaultVersion])
    func handsDevicesToAMapperAndTakesItsReports(_ version: EdgeCoreVersion) async throws {
        try await Self.withServer(DMIServerOptions(socketPath: "", version: version)) { server, mapper, paths in
            let lists = try await TinyMapper.register(paths)
            #expect(lists.deviceList.isEmpty)
            server.put(DMISample.profile(DMISample.boiler()))
            try await mapper.wait(["CreateDeviceModel boiler-model", "RegisterDevice boiler"])
            _ = try await TinyMapper.ask(paths.edge) { try await $0.reportDeviceStatus(DMISample.report("21")) }
            #expect(server.node.now.twin.values(of: "setpoint", DMISample.boiler().id).reported == "21")
            if version < EdgeCoreVersion(1, 21) {
                try await mapper.wait(["UpdateDeviceModel boiler-model", "UpdateDevice 20"])
            }
            server.put(DMISample.profile(DMISample.boiler(desired: "30")))
            try await mapper.wait(["UpdateDeviceModel boiler-model", "UpdateDevice 30"])
            server.put(DeviceProfile())
            try await mapper.wait(["RemoveDeviceModel boiler-model", "RemoveDevice boiler"])
            let failures = try await server.history.first { history in
                history.calls.last?.description == "RemoveDevice default/boiler" ? history.calls.map(\.failure) : nil
            }
            #expect(failures.allSatisfy { $0 == nil })
        }
    }

    @Test func refusesInEdgeCoresWords() async throws {
        try await Self.withServer { _, _, paths in
            let request = DMISample.register(protocolName: "")
            let error = await #expect(throws: RPCError.self) {
                try await TinyMapper.ask(paths.edge) { try await $0.mapperRegister(request) }
            }
            #expect(error?.code == .unknown)
            #expect(error?.message == "fail to register mapper mapper because the protocol is nil")
        }
    }

    @Test func breaksConnectionsAtACrashAndGoesOn() async throws {
        try await Self.withServer { server, _, paths in
            let error = await #expect(throws: RPCError.self) {
                try await TinyMapper.ask(paths.edge) { try await $0.mapperRegister(DMIMapperRegisterRequest()) }
            }
            #expect(error?.code == .unavailable)
            #expect(server.crashes == ["MapperRegister without 'mapper'"])
            try await server.history.first { $0.phase == .listening ? () : nil }
            _ = try await TinyMapper.register(paths)
        }
    }

    @Test func leavesItsSocketBehindWhenItIsKilled() async throws {
        try await Self.withServer { server, mapper, paths in
            server.put(DMISample.profile(DMISample.boiler("a"), DMISample.boiler("b")))
            _ = try await TinyMapper.register(paths)
            await server.kill()
            #expect(FileManager.default.fileExists(atPath: paths.edge))
            await #expect(throws: RPCError.self) { try await TinyMapper.register(paths) }
            server.put(DMISample.profile(DMISample.boiler("a", desired: "30"), DMISample.boiler("b")))
            try await server.start()
            // It knows the mapper, and goes on where it was.
            try await mapper.wait(["UpdateDeviceModel boiler-model", "UpdateDevice 30"])
            #expect(try await TinyMapper.register(paths).deviceList.count == 2)
            await server.stop()
            #expect(!FileManager.default.fileExists(atPath: paths.edge))
        }
    }

    @Test func keepsADeviceThatItsMapperDidNotHearOf() async throws {
        try await Self.withServer { server, _, paths in
            server.put(DMISample.profile(DMISample.boiler("a"), DMISample.boiler("b")))
            _ = try await TinyMapper.register(paths, address: paths.edge + ".nobody")
            server.put(DMISample.profile(DMISample.boiler("a")))
            let failure = try await server.history.first { $0.calls.first?.failure }
            #expect(failure.hasPrefix("unavailable"))
            #expect(try await TinyMapper.register(paths).deviceList.map(\.name) == ["a", "b"])
            try await server.restart()
            #expect(try await TinyMapper.register(paths).deviceList.map(\.name) == ["a"])
        }
    }

    @Test func callsOneMapperAfterTheOtherAndGivesUpInTime() async throws {
        var options = DMIServerOptions(socketPath: "")
        options.callTimeout = .milliseconds(200)
        try await Self.withServer(options) { server, mapper, paths in
            _ = try await TinyMapper.register(paths)
            mapper.isOpen.change { $0 = false }
            server.put(DMISample.profile(DMISample.boiler()))
            let failures = try await server.history.first { $0.calls.count == 2 ? $0.calls.compactMap(\.failure) : nil }
            #expect(failures.allSatisfy { $0.hasPrefix("deadlineExceeded") })
            #expect(failures.count == 2)
            mapper.isOpen.change { $0 = true }
        }
    }

    @Test func doesNotWaitForAMapperThatOnlyListens() async throws {
        var options = DMIServerOptions(socketPath: "")
        options.callTimeout = .milliseconds(200)
        try await Self.withServer(options) { server, _, paths in
            let silent = try SilentSocket(paths.edge + ".silent")
            _ = try await TinyMapper.register(paths, address: silent.path)
            server.put(DMISample.profile(DMISample.boiler()))
            let failures = try await server.history.first { $0.calls.count == 2 ? $0.calls.compactMap(\.failure) : nil }
            #expect(failures.count == 2)
        }
    }

    @Test func insertsDevicesAgainAsARestartedCloudDoes() async throws {
        try await Self.withServer { server, mapper, paths in
            _ = try await TinyMapper.register(paths)
            server.put(DMISample.profile(DMISample.boiler("a"), DMISample.boiler("b")))
            let calls = ["CreateDeviceModel boiler-model", "RegisterDevice a", "RegisterDevice b"]
            try await mapper.wait(calls)
            server.insertAgain()
            try await mapper.wait(calls)
        }
    }

    @Test func sendsAnythingToAMapper() async throws {
        try await Self.withServer { server, mapper, paths in
            let bytes: [UInt8] = try DMIUpdateDeviceRequest().serializedBytes()
            let request = DownstreamRequest.updateDevice(try DMIUpdateDeviceRequest(serializedBytes: bytes))
            #expect(await server.send(request, to: "scripted") == "fail to get dmi client of protocol scripted")
            _ = try await TinyMapper.register(paths)
            #expect(await server.send(request, to: "scripted") == nil)
            try await mapper.wait(["UpdateDevice "])
            #expect(
                await server.send(.getDevice(DMIGetDeviceRequest()), to: "scripted")?.hasPrefix("unimplemented") == true
            )
        }
    }

    @Test func cannotServeWhereNoSocketCanBe() async throws {
        let server = DMIServer(DMIServerOptions(socketPath: "/nowhere/at/all.sock"))
        let error = await #expect(throws: DMIServerError.self) { try await server.start() }
        #expect(error?.reason == "the directory /nowhere/at is not there: make it, or choose another path")
    }

    @Test func leavesTheSocketOfAnotherProcessAlone() async throws {
        try await Self.withServer { _, _, paths in
            let second = DMIServer(DMIServerOptions(socketPath: paths.edge))
            let error = await #expect(throws: DMIServerError.self) { try await second.start() }
            #expect(error?.reason.hasPrefix("another process serves this socket") == true)
            await second.stop()
            _ = try await TinyMapper.register(paths)
        }
    }

    @Test func leavesAFileThatIsNoSocketAlone() async throws {
        try await DMIPaths.with { paths in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: paths.edge))
            let server = DMIServer(DMIServerOptions(socketPath: paths.edge))
            let error = await #expect(throws: DMIServerError.self) { try await server.start() }
            #expect(error?.reason.hasPrefix("a file that is no socket stands there") == true)
            #expect(FileManager.default.contents(atPath: paths.edge) == Data("mine".utf8))
        }
    }

    @Test func writesTheAuthorityAsGoDoes() {
        let new = MapperCaller(version: EdgeCoreDMIVersion(EdgeCoreVersion(1, 18)))
        #expect(new.authority("/etc/kubeedge/x 1.sock") == "%2Fetc%2Fkubeedge%2Fx%201.sock")
        let old = MapperCaller(version: EdgeCoreDMIVersion(EdgeCoreVersion(1, 17)))
        #expect(old.authority("/etc/kubeedge/x.sock") == "/etc/kubeedge/x.sock")
    }

    private static func withServer(
        _ options: DMIServerOptions = DMIServerOptions(socketPath: ""),
        _ body: (DMIServer, TinyMapper, DMIPaths) async throws -> Void
    ) async throws {
        try await DMIPaths.with { paths in
            var options = options
            options.socketPath = paths.edge
            let server = DMIServer(options)
            let mapper = TinyMapper()
            try await server.start()
            do {
                try await mapper.serve(paths.mapper) { try await body(server, mapper, paths) }
            } catch {
                await server.stop()
                throw error
            }
            await server.stop()
        }
    }
}
