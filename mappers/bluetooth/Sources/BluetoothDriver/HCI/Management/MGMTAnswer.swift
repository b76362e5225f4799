// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the kernel's answer to a command.
struct MGMTAnswer: Hashable, Sendable {
    /// The command's number.
    var command: UInt16
    var index: UInt16
    var status: MGMTStatus
    var parameters: [UInt8]

    /// The adapters that Read Index List lists; `nil` for another answer.
    var indexes: [UInt16]? {
        var reader = HCIFieldReader(parameters)
        guard let count = reader.number(UInt16.self), reader.count >= Int(count) * 2 else { return nil }
        return (0..<count).compactMap { _ in reader.number(UInt16.self) }
    }

    /// The settings after a command that changes them.
    var settings: MGMTSettings? {
        var reader = HCIFieldReader(parameters)
        return reader.number(UInt32.self).map(MGMTSettings.init)
    }

    /// What Read Controller Information says.
    var controller: AdapterInfo? { AdapterInfo(index: index, parameters: parameters) }

    /// What Get Connection Information says.
    var signal: ConnectionSignal? { ConnectionSignal(parameters: parameters) }
}
