// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperDMI
import MapperKit
import MapperTesting
import SwiftProtobuf
import Testing

@testable import mapperctl

/// A node with DMI, compared with recordings of a real EdgeCore.
@Suite(.enabled(if: Capture.root != nil, "set MAPPERKIT_FIXTURES to compare with recordings of real EdgeCores"))
struct DMICaptureTests {
    @Test func answersAsRecorded() throws {
        let capture = try DMICapture("wire/v1.23.1/dmi")
        let bench = NodeBench()
        var model: [UInt8]?
        var hasSeen = 0
        for (name, messages) in capture.steps {
            // Each of these was recorded with an edge of its own, and dies at once.
            if name.hasPrefix("51-") || name.hasPrefix("26-") { continue }
            var answer: Result<[UInt8], DMIRefusal>?
            for message in messages {
                model = message.model ?? model
                answer = try Self.give(message, model, bench) ?? answer
            }
            hasSeen += 1
            try Self.compare(name, messages, answer, bench)
        }
        #expect(hasSeen > 20)
    }

    /// Gives the node a recorded input.
    /// - Returns: what a mapper got for an answer.
    private static func give(
        _ message: DMICapture.Message,
        _ model: [UInt8]?,
        _ bench: NodeBench
    ) throws -> Result<[UInt8], DMIRefusal>? {
        switch (message.direction, message.what) {
        case ("mapper-to-edgecore", "MapperRegister"):
            let request = try DMIMapperRegisterRequest(serializedBytes: message.bytes("request"))
            return bench.register(request).map { (try? $0.serializedBytes()) ?? [] }
        case ("mapper-to-edgecore", "ReportDeviceStatus"):
            var request = try DMIReportDeviceStatusRequest(serializedBytes: message.bytes("request"))
            // Each twin goes its own way in EdgeCore; this is the order in which they happened to arrive.
            let order = ["enable", "threshold", "temperature"]
            request.reportedDevice.twins.sort {
                order.firstIndex(of: $0.propertyName) ?? 0 < order.firstIndex(of: $1.propertyName) ?? 0
            }
            if request.reportedDevice.twins.isEmpty { request.clearReportedDevice() }
            return bench.report(request).map(Result.failure) ?? .success([])
        case ("mapper-to-edgecore", "ReportDeviceStates"):
            let request = try DMIReportDeviceStatesRequest(serializedBytes: message.bytes("request"))
            return bench.report(request).map(Result.failure) ?? .success([])
        case ("mqtt-request", _):
            let payload = message.content["payload"] as? String ?? ""
            bench.receive(message.content["topic"] as? String ?? "", payload)
        case ("cloud-to-edge", "membership update"):
            let content = try JSONSerialization.data(withJSONObject: message.content["content"] ?? [:])
            bench.receiveMembership(Array(content))
        case ("cloud-to-edge", _):
            let version = EdgeCoreDMIVersion(DMIServerOptions.defaultVersion)
            let owner = message.model == nil ? model : nil
            if let message = try message.cloudMessage(model: owner, version) { bench.take(message) }
        default: break
        }
        return nil
    }

    private static func compare(
        _ name: String,
        _ messages: [DMICapture.Message],
        _ answer: Result<[UInt8], DMIRefusal>?,
        _ bench: NodeBench
    ) throws {
        let calls = bench.takeRequests()
        let recorded = try messages.filter { $0.direction == "edgecore-to-mapper" }.map(Self.request)
        #expect(calls.map(\.method) == recorded.map(\.method), "\(name)")
        for (call, recorded) in zip(calls, recorded) { #expect(call == recorded.plain, "\(name)") }
        for message in messages {
            if message.direction == "edgecore-error" {
                let text = message.content["details"] as? String ?? ""
                #expect(answer == .failure(.error(text)), "\(name)")
            }
            if message.direction == "edgecore-response", message.what == "MapperRegister" {
                let given = try DMIMapperRegisterResponse(serializedBytes: answer?.get() ?? [])
                var wanted = try DMIMapperRegisterResponse(serializedBytes: message.bytes("response"))
                for index in wanted.deviceList.indices { wanted.deviceList[index].makePlain() }
                #expect(given.modelList == wanted.modelList, "\(name)")
                #expect(given.deviceList == wanted.deviceList, "\(name)")
            }
        }
        // They were recorded apart: what went to the broker, then what went to the cloud.
        let given = bench.takeOutputs().map(Normalized.init)
        let inOrder = given.filter { !$0.isForCloud } + given.filter(\.isForCloud)
        #expect(inOrder == outputs(messages).map(Normalized.init), "\(name)")
    }

    /// What DeviceTwin said: what the DMI worker says to the cloud is no more than "OK".
    private static func outputs(_ messages: [DMICapture.Message]) -> [DeviceTwin.Output] {
        messages.compactMap { message -> DeviceTwin.Output? in
            let route = message.content["route"] as? [String: String] ?? [:]
            switch message.direction {
            case "edge-to-mqtt":
                return .mqtt(
                    topic: message.content["topic"] as? String ?? "",
                    payload: message.content["payload"] as? String ?? ""
                )
            case "edge-to-cloud" where route["operation"] != "response":
                let resource = route["resource"] ?? ""
                return .cloud(resource: resource, operation: route["operation"] ?? "", payload: message.text)
            default: return nil
            }
        }
    }

    /// What EdgeCore asked of the mapper.
    private static func request(_ message: DMICapture.Message) throws -> DownstreamRequest {
        let bytes = message.bytes("request")
        switch message.what {
        case "CreateDeviceModel": return .createDeviceModel(try DMICreateDeviceModelRequest(serializedBytes: bytes))
        case "UpdateDeviceModel": return .updateDeviceModel(try DMIUpdateDeviceModelRequest(serializedBytes: bytes))
        case "RemoveDeviceModel": return .removeDeviceModel(try DMIRemoveDeviceModelRequest(serializedBytes: bytes))
        case "RegisterDevice": return .registerDevice(try DMIRegisterDeviceRequest(serializedBytes: bytes))
        case "UpdateDevice": return .updateDevice(try DMIUpdateDeviceRequest(serializedBytes: bytes))
        case "RemoveDevice": return .removeDevice(try DMIRemoveDeviceRequest(serializedBytes: bytes))
        default: throw DMICapture.BadCapture()
        }
    }
}

extension Normalized {
    fileprivate var isForCloud: Bool { destination.hasPrefix("cloud") }
}
