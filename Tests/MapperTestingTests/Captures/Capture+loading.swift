// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperTesting

extension Capture {
    private struct BadCapture: Error {}

    /// Reads a folder with a file for each message.
    static func wire(_ root: String, _ path: String, _ version: EdgeCoreVersion) throws -> Capture {
        let folder = URL(fileURLWithPath: root).appendingPathComponent(path)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") && $0.first?.isNumber == true }
            .sorted { ($0 as NSString).compare($1, options: .numeric) == .orderedAscending }
        var steps: [Step] = []
        for file in files {
            let data = try Data(contentsOf: folder.appendingPathComponent(file))
            guard let message = try JSONSerialization.jsonObject(with: data) as? [String: Any],
                let number = file.split(separator: ".").first
            else { throw BadCapture() }
            if steps.last?.name != String(number) { steps.append(Step(name: String(number))) }
            add(message, to: &steps[steps.count - 1])
        }
        return Capture(name: path, version: version, node: "edge-node", steps: steps)
    }

    private static func add(_ message: [String: Any], to step: inout Step) {
        let route = message["route"] as? [String: String] ?? [:]
        let topic = message["topic"] as? String ?? ""
        let payload = message["payload"] as? String ?? ""
        let resource = route["resource"] ?? ""
        let operation = route["operation"] ?? ""
        switch message["direction"] as? String {
        case "request": step.inputs.append(.mqtt(topic: topic, payload: payload))
        case "cloud-to-edge":
            let content = text(message["content"])
            step.inputs.append(.cloud(resource: resource, operation: operation, content: content))
        case "edge-to-mqtt": step.outputs.append(.mqtt(topic: topic, payload: payload))
        case "edge-to-cloud":
            let content = text(message["content"])
            step.outputs.append(.cloud(resource: resource, operation: operation, payload: content))
        default: break
        }
    }

    private static func text(_ value: Any?) -> String {
        if let text = value as? String { return text }
        guard let value, let data = try? JSONSerialization.data(withJSONObject: value) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads a file with a line for each message.
    static func trace(_ root: String, _ kind: String, _ version: EdgeCoreVersion) throws -> Capture {
        let path = "\(root)/kubeedge/traces/edgecore-\(version)-mqtt-trace\(kind).jsonl"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        var steps: [Step] = []
        for line in lines {
            let message = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            if steps.last?.name != message.step { steps.append(Step(name: message.step)) }
            add(message, to: &steps[steps.count - 1])
        }
        return Capture(name: "trace\(kind) \(version)", version: version, node: "edge-node1", steps: steps)
    }

    /// Not read with `JSONSerialization`: it drops the byte-order mark of which one payload consists to a good part.
    private struct Line: Decodable {
        var step: String
        var dir: String
        var topic: String?
        var resource: String?
        var operation: String?
        var payload: String
    }

    private static func add(_ line: Line, to step: inout Step) {
        let topic = line.topic ?? ""
        let resource = line.resource ?? ""
        let operation = line.operation ?? ""
        switch line.dir {
        case "mapper->edge": step.inputs.append(.mqtt(topic: topic, payload: line.payload))
        case "cloud->edge":
            step.inputs.append(.cloud(resource: resource, operation: operation, content: line.payload))
        case "edge->mapper": step.outputs.append(.mqtt(topic: topic, payload: line.payload))
        case "edge->cloud":
            step.outputs.append(.cloud(resource: resource, operation: operation, payload: line.payload))
        default: break
        }
    }
}
