// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Is a field of devices in memory, which any number of drivers reach by address.
final class PlayedField: Sendable {
    private struct State {
        var values: [String: [String: PropertyValue]] = [:]
        var away: Set<String> = []
    }

    private let state = Mutex(State())

    /// What every device holds until somebody writes; a property that is not here fails to be read.
    static let start: [String: PropertyValue] = [
        "pressure": .int(11), "level": .int(22), "temperature": .double(21.5), "setpoint": .int(180),
        "pump": .boolean(true), "serial": .string("A-7"),
    ]

    /// The devices of a profile, at addresses that are their names.
    static func profile(_ names: String...) -> DeviceProfile {
        DeviceProfile(
            devices: names.map { name in
                DeviceInstance(
                    id: DeviceID(name),
                    modelName: "played",
                    protocolName: "played",
                    protocolConfig: ["address": .init(stringLiteral: name)],
                    properties: [
                        property("pressure", .int, in: 0...100), property("level", .int),
                        property("temperature", .double, in: -10...40), property("unplugged", .int),
                        property("setpoint", .float, .readWrite, visitor: ["scale": 0.1]),
                        property("pump", .boolean, .readWrite), property("serial", .string),
                    ]
                )
            }
        )
    }

    private static func property(
        _ name: String,
        _ type: DataType,
        _ access: AccessMode = .readOnly,
        in range: ClosedRange<Int64>? = nil,
        visitor: ConfigNode = [:]
    ) -> Property {
        let limits = ValueRange(
            minimum: range.map { .int($0.lowerBound) },
            maximum: range.map { .int($0.upperBound) }
        )
        let model = DeviceModel.Property(name: name, dataType: type, accessMode: access, range: limits)
        return Property(model: model, visitor: visitor)
    }

    func takeAway(_ address: String) { state.withLock { _ = $0.away.insert(address) } }

    func bringBack(_ address: String) { state.withLock { _ = $0.away.remove(address) } }

    func isAway(_ address: String) -> Bool { state.withLock { $0.away.contains(address) } }

    /// Whether any device is away.
    var isAnyAway: Bool { state.withLock { !$0.away.isEmpty } }

    /// What the device answers.
    func read(_ property: String, at address: String) throws -> PropertyValue {
        let value = state.withLock { ($0.values[address] ?? Self.start)[property] }
        guard let value else { throw DeviceError(.rejected, "there is no sensor for '\(property)'") }
        return value
    }

    /// Takes what fits 16 bits, or is true or false.
    func write(_ value: PropertyValue, to property: String, at address: String) throws {
        switch value {
        case .int(let number) where Int16(exactly: number) != nil: break
        case .boolean: break
        default: throw DeviceError(.rejected, "'\(property)' does not take \(value.text)")
        }
        state.withLock { $0.values[address, default: Self.start][property] = value }
    }
}
