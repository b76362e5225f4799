// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit

/// Is a device that was found as DeviceModel and Device objects (v1beta1), for people to go on from.
package struct DiscoveredObjects {
    /// How often a property is read and reported until somebody says otherwise, in milliseconds.
    private static let cycle = 10_000

    private let device: DiscoveredDevice
    private let protocolName: String

    /// Prepares the objects.
    /// - Parameter protocolName: The protocol of a device that does not name its own.
    package init(_ device: DiscoveredDevice, protocolName: String) {
        self.device = device
        self.protocolName = device.protocolName ?? protocolName
    }

    /// Both objects, without a line's end at theirs.
    package var yaml: String { (model + ["---"] + object).joined(separator: "\n") }

    private var model: [String] {
        [
            "# \(LogText.escaped(device.summary))", "apiVersion: devices.kubeedge.io/v1beta1", "kind: DeviceModel",
            "metadata:", "  name: \(Self.quoted(device.name))", "spec:", "  protocol: \(Self.quoted(protocolName))",
        ] + list("properties", device.properties.map { Self.lines(of: $0.model) })
    }

    private var object: [String] {
        [
            "apiVersion: devices.kubeedge.io/v1beta1", "kind: Device", "metadata:",
            "  name: \(Self.quoted(device.name))", "spec:", "  deviceModelRef:",
            "    name: \(Self.quoted(device.name))", "  protocol:", "    protocolName: \(Self.quoted(protocolName))",
        ] + config(device.protocolConfig).map { "    " + $0 } + list("properties", device.properties.map(visit))
    }

    private static func lines(of property: DeviceModel.Property) -> [String] {
        var lines = ["name: \(quoted(property.name))"]
        if let text = property.description { lines.append("description: \(quoted(text))") }
        lines += ["type: \(property.dataType.rawValue.uppercased())", "accessMode: \(property.accessMode.rawValue)"]
        if let minimum = property.range.minimum { lines.append("minimum: \(quoted(minimum.text))") }
        if let maximum = property.range.maximum { lines.append("maximum: \(quoted(maximum.text))") }
        if let unit = property.unit { lines.append("unit: \(quoted(unit))") }
        return lines
    }

    private func visit(_ property: DiscoveredDevice.Property) -> [String] {
        [
            "name: \(Self.quoted(property.model.name))", "collectCycle: \(Self.cycle)", "reportCycle: \(Self.cycle)",
            "reportToCloud: true", "visitors:", "  protocolName: \(Self.quoted(protocolName))",
        ] + config(property.visitor).map { "  " + $0 }
    }

    private func config(_ node: ConfigNode) -> [String] {
        let entries = node.entries ?? []
        guard !entries.isEmpty else { return ["configData: {}"] }
        return ["configData:"] + entries.map { "  \(Self.quoted($0.key)): \(Self.scalar($0.value))" }
    }

    private func list(_ key: String, _ items: [[String]]) -> [String] {
        guard !items.isEmpty else { return ["  \(key): []"] }
        return ["  \(key):"]
            + items.flatMap { lines in
                lines.enumerated().map { ($0.offset == 0 ? "    - " : "      ") + $0.element }
            }
    }

    /// A value as EdgeCore passes it on: groups and lists as text, and numbers that it would round, too.
    private static func scalar(_ node: ConfigNode) -> String {
        switch node.content {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .int(let value): Float(exactly: value) == nil ? quoted("\(value)") : "\(value)"
        case .double(let value):
            Float(exactly: value) == nil ? quoted(PropertyValue.double(value).text) : PropertyValue.double(value).text
        case .string(let text): quoted(text)
        case .sequence, .mapping: quoted(json(node).description)
        }
    }

    private static func json(_ node: ConfigNode) -> JSONText {
        switch node.content {
        case .null: .literal("null")
        case .boolean(let value): .literal("\(value)")
        case .int(let value): .literal("\(value)")
        case .double(let value): .literal(PropertyValue.double(value).text)
        case .string(let text): .string(text)
        case .sequence(let elements): .array(elements.map(json))
        case .mapping(let entries): .object(entries.map { ($0.key, json($0.value)) })
        }
    }

    /// A text as YAML takes it, whatever is in it; words that are nothing else in YAML stay as they are.
    private static func quoted(_ text: String) -> String {
        let needsNoQuotes =
            text.utf8.allSatisfy(isPlain) && text.first?.isLetter == true
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        return needsNoQuotes ? text : JSONText.string(text).description
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
