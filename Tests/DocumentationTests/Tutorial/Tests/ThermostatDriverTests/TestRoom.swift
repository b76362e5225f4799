// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Is a thermostat's folder, and the sample devices leading to it.
struct TestRoom {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "thermostat-\(UUID())")

    /// Lays the files of one that measures 21.063 degrees and keeps 20.
    init() throws {
        try FileManager.default.createDirectory(at: folder.appending(path: "chip"), withIntermediateDirectories: true)
        try set("temp1_input", "21063\n")
        try set("temp1_max", "20000\n")
        let devices = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../devices")
        for file in ["model.yaml", "device.yaml"] {
            let text = try String(contentsOf: devices.appending(path: file), encoding: .utf8)
            let ours = text.replacing("/tmp/thermostat", with: folder.appending(path: "chip").path)
            try Data(ours.utf8).write(to: folder.appending(path: file))
        }
    }

    /// The folder that holds the profile.
    var path: String { folder.path }

    func text(of file: String) throws -> String {
        try String(contentsOf: folder.appending(path: "chip/\(file)"), encoding: .utf8)
    }

    func set(_ file: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: "chip/\(file)"))
    }

    func takeAway() throws { try FileManager.default.removeItem(at: folder.appending(path: "chip")) }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
