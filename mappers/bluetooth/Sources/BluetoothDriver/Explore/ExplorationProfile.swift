// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Writes what an exploration found as DeviceModel and Device objects, for people to go on from.
///
/// Every characteristic that gives values becomes a property. What its bytes mean is known where the peripheral, or the
/// Bluetooth SIG, says so; others become text of hexadecimal digits, which is never written.
package struct ExplorationProfile: CustomStringConvertible {
    private let exploration: Exploration
    private let properties: [ExploredProperty]

    /// Prepares the objects.
    package init(_ exploration: Exploration) {
        self.exploration = exploration
        properties = Self.properties(of: exploration)
    }

    /// How many properties there are.
    package var propertyCount: Int { properties.count }

    /// The objects as YAML.
    package var description: String { model + "---\n" + device }

    private static func properties(of exploration: Exploration) -> [ExploredProperty] {
        struct Place: Hashable {
            var service: BluetoothUUID
            var characteristic: BluetoothUUID
        }
        let all = exploration.services.flatMap { service in
            service.characteristics.map { (Place(service: service.uuid, characteristic: $0.uuid), $0) }
        }
        let counts = Dictionary(all.map { ($0.0, 1) }, uniquingKeysWith: +)
        var instances: [Place: Int] = [:]
        var taken: Set<String> = []
        return all.compactMap { place, characteristic in
            instances[place, default: 0] += 1
            let instance = counts[place] == 1 ? nil : instances[place]
            var property = ExploredProperty(characteristic, in: place.service, instance: instance)
            guard property.isUseful else { return nil }
            if taken.contains(property.name) { property.name = property.secondName }
            let (name, number) = (property.name, (2...).first { !taken.contains("\(property.name)-\($0)") } ?? 2)
            if taken.contains(name) { property.name = "\(name)-\(number)" }
            taken.insert(property.name)
            return property
        }
    }

    private var name: String { "bluetooth-" + ExploredProperty.word("\(exploration.address)") }

    private var model: String {
        let head = """
            # \(exploration.address) (\(exploration.kind.rawValue)), as it was explored. What is hexadecimal here is for
            # the device's manual to say: rename and remove properties, give them types, limits and units.
            apiVersion: devices.kubeedge.io/v1beta1
            kind: DeviceModel
            metadata:
              name: \(name)
            spec:
              protocol: bluetooth
              properties:

            """
        return properties.reduce(head) { $0 + block($1.modelLines) }
    }

    private var device: String {
        let address = Self.quoted("\(exploration.address)")
        var keys = ["macAddress: \(address)", "addressType: \(exploration.kind.rawValue)"]
        if exploration.adapter != "hci0" { keys.append("adapter: \(exploration.adapter)") }
        if let passkey = exploration.passkey { keys += ["security: authenticated", "passkey: \(passkey)"] }
        let head = """
            apiVersion: devices.kubeedge.io/v1beta1
            kind: Device
            metadata:
              name: \(name)
            spec:
              deviceModelRef:
                name: \(name)
              protocol:
                protocolName: bluetooth
                configData:
            \(keys.map { "      \($0)" }.joined(separator: "\n"))
              properties:

            """
        return properties.reduce(head) { $0 + block($1.deviceLines) }
    }

    private func block(_ lines: [String]) -> String {
        lines.enumerated().reduce("") { $0 + ($1.offset == 0 ? "    - " : "      ") + $1.element + "\n" }
    }

    /// A text as YAML takes it, whatever is in it.
    static func quoted(_ text: String) -> String {
        let inner = text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(inner)\""
    }
}
