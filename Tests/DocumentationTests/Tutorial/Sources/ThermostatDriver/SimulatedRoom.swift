// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Is a room with a thermostat, in the files of a folder.
struct SimulatedRoom {
    private let folder: URL

    /// Starts at 20 degrees, with 21 to reach.
    init(folder: String) throws {
        self.folder = URL(filePath: folder)
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        try set("temp1_input", 20_000)
        try set("temp1_max", 21_000)
    }

    /// Goes a tenth of the way to the setpoint.
    func warmUp() throws {
        let temperature = try number("temp1_input")
        try set("temp1_input", temperature + (try number("temp1_max") - temperature) / 10)
    }

    private func number(_ file: String) throws -> Int {
        let text = String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
        return Int(text.filter { !$0.isWhitespace }) ?? 20_000
    }

    private func set(_ file: String, _ number: Int) throws {
        try Data(String(number).utf8).write(to: folder.appending(path: file), options: .atomic)
    }
}
