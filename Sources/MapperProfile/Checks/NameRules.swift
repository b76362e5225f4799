// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Knows the names that EdgeCore or a broker cannot carry.
enum NameRules {
    /// EdgeCore looks for the name in the whole topic and takes the first place it finds (`classifyMsg`,
    /// `edge/pkg/devicetwin/process.go` at v1.3.1 and v1.12.0): a name that is part of this prefix is never recognised.
    private static let topicPrefix = "$hw/events/device/"

    /// The longest name Kubernetes gives an object (a DNS subdomain, RFC 1123).
    private static let nameLimit = 253

    /// Complains about the length of a device's or a model's name.
    static func checkLength(_ id: DeviceID, of what: String, at location: SourceLocation?, _ findings: Findings) {
        let count = id.name.unicodeScalars.count
        guard count > nameLimit else { return }
        findings.error(
            at: location,
            "\(what) '\(id.name.prefix(40))…': its name is \(count) characters long, Kubernetes allows at most \(nameLimit)"
        )
    }

    /// Complains about a device's name.
    static func checkDevice(_ id: DeviceID, at location: SourceLocation?, _ findings: Findings) {
        checkLength(id, of: "device", at: location, findings)
        if let bad = id.name.unicodeScalars.first(where: { "/+#".unicodeScalars.contains($0) || $0.value <= 0x20 }) {
            findings.error(
                at: location,
                "device '\(id)': its name is part of MQTT topics and cannot contain '\(bad)'"
            )
        } else if id.namespace == nil, topicPrefix.contains(id.name) {
            findings.error(
                at: location,
                "device '\(id)': EdgeCore never recognises messages of a device whose name is part of '\(topicPrefix)'; give it another name"
            )
        }
    }

    /// Complains about a property's name that no twin can have.
    static func checkProperty(_ name: String, of owner: String, at location: SourceLocation?, _ findings: Findings) {
        guard !TwinCharacters.isName(name) else { return }
        findings.error(
            at: location,
            "\(owner): EdgeCore refuses the property name '\(name.prefix(140))' (1 to 128 of the characters a-z A-Z 0-9 - _ . , : / @ # are allowed)"
        )
    }
}
