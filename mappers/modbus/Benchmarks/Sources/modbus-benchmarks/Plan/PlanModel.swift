// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import Foundation

/// Is one folder of `device-models/`, with its cycles and its way rewritten for a measurement.
struct PlanModel: Sendable {
    let name: String
    private let model: String
    private let device: String

    init(_ folder: URL) throws {
        name = folder.lastPathComponent
        model = try String(contentsOf: folder.appending(path: "model.yaml"), encoding: .utf8)
        device = try String(contentsOf: folder.appending(path: "device.yaml"), encoding: .utf8)
    }

    /// All of them, by name.
    static func all() throws -> [PlanModel] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../../../../device-models").standardizedFileURL
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { FileManager.default.fileExists(atPath: $0.appending(path: "device.yaml").path) }
            .sorted { $0.path < $1.path }.map(PlanModel.init)
    }

    /// The shortest cycle becomes `base`, twice that stays twice, everything longer becomes four times that: so that
    /// some seconds show all sets of properties that come due together.
    func text(base: Duration, way: [String]) -> String {
        let cycles = device.split(separator: "\n").compactMap { Self.number("collectCycle:", in: $0) }
        let shortest = cycles.min() ?? 1000
        let unit = Int(base.seconds * 1000)
        let lines = device.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
            let indent = String(line.prefix { $0 == " " })
            if line.hasPrefix("metadata:") { return [String(line)] }
            if line.hasPrefix("  name:") { return ["  name: \(name)"] }
            for key in ["collectCycle:", "reportCycle:"] {
                guard let cycle = Self.number(key, in: line) else { continue }
                return ["\(indent)\(key) \(unit * (cycle <= shortest ? 1 : cycle <= 2 * shortest ? 2 : 4))"]
            }
            if Self.number("port:", in: line) != nil || line.trimming(" ").hasPrefix("communicateMode:") { return [] }
            if line.trimming(" ").hasPrefix("ip:") { return way.map { indent + $0 } }
            return [String(line)]
        }
        return model + (model.hasSuffix("\n") ? "" : "\n") + "---\n" + lines.joined(separator: "\n")
    }

    private static func number(_ key: String, in line: Substring) -> Int? {
        let text = line.trimming(" ")
        return text.hasPrefix(key) ? Int(text.dropFirst(key.count).trimming(" ")) : nil
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> Substring {
        let start = drop { $0 == character }
        return start.prefix(start.count - start.reversed().prefix { $0 == character }.count)
    }
}
