// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The README's mapper, in one file as it is there.

import FoundationEssentials
import Logging
import MapperCommand
import MapperKit

/// Reads 1-Wire thermometers through the files of the kernel's w1.
struct OneWireDriver: DeviceDriver {
    struct ProtocolConfig: Decodable, Sendable { var serial: String }
    struct VisitorConfig: Decodable, Sendable { var file: String }

    let protocolNames = ["onewire"]
    var directory = "/sys/bus/w1/devices"

    func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> OneWireSession {
        OneWireSession(directory: "\(directory)/\(device.config.serial)")
    }
}

struct OneWireSession: DeviceSession {
    let directory: String

    func read(_ visitor: PropertyVisitor<OneWireDriver.VisitorConfig>) async throws -> Sample {
        let path = "\(directory)/\(visitor.config.file)"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw DeviceError(.unreachable, "\(path) cannot be read")
        }
        guard let thousandths = Int64(text.filter { !$0.isWhitespace }) else {
            throw DeviceError(.malformedResponse, "\(path) holds no number")
        }
        return Sample(.double(Double(thousandths) / 1000))
    }
}

@main
enum OneWireMapper: MapperProgram {
    static let name = "onewire-mapper"

    static func makeDriver(logger: Logger) -> OneWireDriver { OneWireDriver() }
}
