// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperKit

/// Reads and writes values in text files, a file each: what Linux shows of sensors and switches under /sys, or what
/// another program leaves in a folder.
struct FileDriver: DirectDriver {
    struct ProtocolConfig: Decodable, Sendable { var folder: String }
    struct VisitorConfig: Decodable, Sendable { var file: String }

    let protocolNames = ["file"]

    func read(_ visitor: Visitor, of device: BoundDevice) async throws -> Sample {
        let path = "\(device.config.folder)/\(visitor.config.file)"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw DeviceError(.unreachable, "\(path) cannot be read")
        }
        return Sample(.string(String(text.drop(while: \.isWhitespace).prefix { !$0.isNewline })))
    }

    func write(_ value: PropertyValue, to visitor: Visitor, of device: BoundDevice) async throws {
        try Data("\(value.text)\n".utf8).write(to: URL(filePath: "\(device.config.folder)/\(visitor.config.file)"))
    }
}
