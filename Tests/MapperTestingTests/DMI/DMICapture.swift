// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperDMI
import MapperKit
import MapperProfile
import MapperTesting
import SwiftProtobuf

@testable import mapperctl

/// What was recorded on both DMI sockets of a real EdgeCore, step by step.
struct DMICapture {
    /// One file.
    struct Message {
        var step: String
        var direction: String
        var what: String
        var content: [String: Any]

        /// The serialised request or response.
        func bytes(_ key: String) -> [UInt8] {
            let text = content["\(key)_bytes_hex"] as? String ?? ""
            return stride(from: 0, to: text.count, by: 2).compactMap { place in
                UInt8(text.dropFirst(place).prefix(2), radix: 16)
            }
        }
    }

    struct BadCapture: Error {}

    /// The messages of each step, in order.
    let steps: [(name: String, messages: [Message])]

    /// Reads a folder of the fixtures.
    init(_ path: String) throws {
        guard let root = Capture.root else { throw BadCapture() }
        let folder = URL(fileURLWithPath: root).appendingPathComponent(path)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") && $0.first?.isNumber == true }
            .sorted { ($0 as NSString).compare($1, options: .numeric) == .orderedAscending }
        var steps: [(name: String, messages: [Message])] = []
        for file in files {
            let data = try Data(contentsOf: folder.appendingPathComponent(file))
            guard let content = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
                throw BadCapture()
            }
            let name = String(file.split(separator: ".")[0])
            let message = Message(
                step: name,
                direction: content["direction"] as? String ?? "",
                what: content["what"] as? String ?? "",
                content: content
            )
            if steps.last?.name != name { steps.append((name, [])) }
            steps[steps.count - 1].messages.append(message)
        }
        self.steps = steps
    }
}

extension DMICapture.Message {
    /// The cluster's object in a message of the cloud, as JSON.
    private var object: [UInt8] {
        get throws { Array(try JSONSerialization.data(withJSONObject: content["content"] ?? [:])) }
    }

    /// The message of the cloud, with the help of the profile loader.
    /// - Parameter model: The model object that a Device needs to be loaded; a Device's own file has none.
    func cloudMessage(model: [UInt8]?, _ version: EdgeCoreDMIVersion) throws -> CloudMessage? {
        let route = content["route"] as? [String: String] ?? [:]
        let parts = (route["resource"] ?? "").split(separator: "/").map(String.init)
        guard parts.count == 3 else { return nil }
        let id = DeviceID(parts[2], namespace: parts[0])
        let operation = route["operation"] ?? ""
        if operation == "delete" { return parts[1] == "device" ? .removeDevice(id) : .removeModel(id) }
        var contents = [(file: "object.json", bytes: try object)]
        if let model { contents.append((file: "model.json", bytes: model)) }
        let profile = try ProfileLoader().load(contents: contents).profile
        if parts[1] == "devicemodel" {
            guard let loaded = profile.models.first else { throw DMICapture.BadCapture() }
            let cached = CachedModel(loaded, protocolName: "modbus", version)
            return operation == "insert" ? .insertModel(cached) : .updateModel(cached)
        }
        guard let loaded = profile.devices.first else { throw DMICapture.BadCapture() }
        let cached = CachedDevice(loaded, version)
        return operation == "insert" ? .insertDevice(cached) : .updateDevice(cached)
    }

    /// What was sent, as text.
    var text: String {
        if let text = content["content"] as? String { return text }
        return (try? object).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The object's JSON, if it is a model.
    var model: [UInt8]? {
        guard direction == "cloud-to-edge", what.contains("devicemodel") else { return nil }
        return try? object
    }
}
