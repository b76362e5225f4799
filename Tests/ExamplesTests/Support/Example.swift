// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProgramTesting

/// One of the folders in `Examples`.
struct Example {
    /// The folder.
    let url: URL
    /// The name of the program that is shown.
    let program: String

    init(_ folder: String, _ program: String) {
        url =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Examples/\(folder)").standardizedFileURL
        self.program = program
    }

    static let virtualSensor = Example("virtual-sensor", "virtual-sensor-mapper")
    static let customDriver = Example("custom-driver", "line-mapper")
    static let pushDriver = Example("push-driver", "push-mapper")
    static let systemSensors = Example("system-sensors", "system-mapper")

    /// Writes the example's profile into a folder.
    /// - Parameter changes: What stands in for what is written there.
    /// - Returns: its path.
    func writeProfile(to folder: ScratchFolder, _ changes: [String: String] = [:]) throws -> String {
        for name in ["model.yaml", "device.yaml"] {
            var text = try String(contentsOf: url.appending(path: name), encoding: .utf8)
            for (old, new) in changes { text = text.replacingOccurrences(of: old, with: new) }
            try folder.write(text, to: "profile/\(name)")
        }
        return folder.url.appending(path: "profile").path
    }
}
