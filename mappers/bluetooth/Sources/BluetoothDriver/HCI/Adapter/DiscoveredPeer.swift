// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a device that was discovered, with what several reports have told of it.
struct DiscoveredPeer: Hashable, Sendable {
    var peer: MGMTAddress
    /// In dBm, of the last report that said so.
    var strength: Int8?
    var isConnectable: Bool
    /// The parts of its advertisement by their type (Supplement to the Core Specification, Part A).
    private(set) var parts: [Part]

    /// Is one part of an advertisement.
    struct Part: Hashable, Sendable {
        var type: UInt8
        var bytes: [UInt8]
    }

    init(_ report: MGMTDeviceReport) {
        peer = report.peer
        strength = report.strength
        isConnectable = report.isConnectable
        parts = Self.parts(of: report.data)
    }

    /// Takes a later report: its parts replace those of the same types, others stay.
    mutating func merge(_ report: MGMTDeviceReport) {
        strength = report.strength ?? strength
        isConnectable = isConnectable || report.isConnectable
        let new = Self.parts(of: report.data)
        let types = Set(new.map(\.type))
        parts = parts.filter { !types.contains($0.type) } + new
    }

    /// The name it goes by: the complete one if it was told, else the shortened one.
    var name: String? {
        let part = parts.first { $0.type == 0x09 } ?? parts.first { $0.type == 0x08 }
        return part.map { String(decoding: $0.bytes.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The advertisement's data as it could have been sent.
    var data: [UInt8] {
        parts.flatMap { [UInt8(truncatingIfNeeded: $0.bytes.count + 1), $0.type] + $0.bytes }
    }

    /// Ends at the first part that is longer than what is left.
    private static func parts(of data: [UInt8]) -> [Part] {
        var reader = HCIFieldReader(data)
        var parts: [Part] = []
        while let length = reader.number(UInt8.self), length > 0, let bytes = reader.bytes(Int(length)) {
            parts.append(Part(type: bytes[0], bytes: Array(bytes.dropFirst())))
        }
        return parts
    }
}
