// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Knows the names of protocols in all versions.
enum ProtocolWords {
    /// What the profile calls protocols that KubeEdge itself does not know.
    static let customized = "customized-protocol"

    /// The name in the words of the newest KubeEdge.
    static func newest(_ name: String) -> String {
        switch name {
        case "modbus-rtu", "modbus-tcp": "modbus"
        default: name
        }
    }

    /// Tells Modbus over TCP from Modbus on a serial line, which v1beta1 says in a word and older versions in their shape.
    static func communicateMode(kind: String, common: Section?) -> (mode: String, place: SourceLocation?)? {
        if kind == "modbus-tcp" { return ("TCP", nil) }
        if kind == "modbus-rtu" { return ("RTU", nil) }
        guard kind == "modbus", let common else { return nil }
        switch (common["tcp"], common["com"]) {
        case (let tcp?, nil): return ("TCP", tcp.location)
        case (nil, let com?): return ("RTU", com.location)
        case (nil, nil): return nil
        case (.some, .some):
            guard let type = common["commType"], let word = type.string?.lowercased() else { return nil }
            let isTCP = word.contains("tcp")
            let isRTU = word.contains("rtu") || word.contains("com") || word.contains("serial")
            return isTCP == isRTU ? nil : (isTCP ? "TCP" : "RTU", type.location)
        }
    }
}
