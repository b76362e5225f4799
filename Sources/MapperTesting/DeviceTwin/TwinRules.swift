// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// What EdgeCore takes for names, values and states, and the texts it refuses others with.
struct TwinRules: Sendable {
    let version: EdgeCoreVersion

    /// Finds what is wrong with a request to change twins, before any device is looked at.
    func refusal(of twins: [String: WireTwin?]) -> String? {
        for (name, twin) in twins.sorted(by: { $0.key < $1.key }) {
            guard Self.isPlain(name, upTo: 128) else { return nameRefusal }
            for value in [twin?.expected?.value, twin?.actual?.value] {
                // An empty value is not looked at.
                if let value, !value.isEmpty, !Self.isPlain(value, upTo: 512) { return valueRefusal }
            }
        }
        return nil
    }

    /// Finds what is wrong with a value of a type.
    func refusal(of value: String, as type: String) -> String? {
        switch type {
        case "", "string", WireTwin.deletedType: nil
        case "int": Self.isGoInt(value) ? nil : intRefusal
        case "integer" where version.isRevised: Self.isGoInt(value) ? nil : intRefusal
        case "float": Self.isGoFloat(value) ? nil : "the value is not float"
        case "boolean": value == "true" || value == "false" ? nil : "the bool value must be true or false"
        default: "the value type is not allowed"
        }
    }

    /// Whether a mapper may report such a state.
    func accepts(state: String) -> Bool {
        if !version.isRevised { return ["online", "offline", "unknown"].contains(state) }
        let last = version.isBeta ? "unhealthy" : "disconnected"
        return ["online", "offline", "ok", "unknown", last].contains(state.lowercased())
    }

    var malformedRequest: String {
        "Unmarshal update request body failed, \(version.isRevised ? "please" : "Please") check the request"
    }

    /// The answer to a malformed message of the cloud, whatever is wrong with it.
    var malformedSync: String {
        "\(version.isRevised ? "unmarshal" : "Unmarshal") update request body failed, Please check the request"
    }

    var missingTwin: String {
        version.isRevised
            ? "Update twin error, key:twin does not exist"
            : "Update twin error, the update request body not have key:twin"
    }

    var unknownDevice: String {
        "\(version.isRevised ? "update" : "Update") rejected due to the device is not existed"
    }

    private var intRefusal: String {
        version.isRevised ? "the value is not int or integer" : "the value is not int"
    }

    private var nameRefusal: String {
        version.isRevised
            ? "The key of twin must only include upper or lowercase letters, number, english, and special letter "
                + "- _ . , : / @ # and the length of key should be less than 128 bytes"
            : "The key of twin must be only include upper or lowercase letter, number, english, and special letter "
                + "- _ . , : / @ # and length of key under 128"
    }

    private var valueRefusal: String {
        version.isRevised
            ? "The value of twin must only include upper or lowercase letters, number, english, and special letter "
                + "- _ . , : / @ # and the length of value should be less than 512 bytes"
            : "The value of twin must be only include upper or lowercase letter, number, english, and special letter "
                + "- _ . , : / @ # and length of key under 512"
    }

    /// Whether a text has only the characters EdgeCore lets through, and not too many.
    private static func isPlain(_ text: String, upTo limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count) && text.utf8.allSatisfy(allowed.contains)
    }

    private static let allowed = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:/@#".utf8
    )

    /// Go's `ParseInt` takes what Swift takes, a plus sign included.
    private static func isGoInt(_ text: String) -> Bool { Int64(text) != nil }

    /// Go's `ParseFloat` knows more spellings of infinity than Swift, and refuses what does not fit.
    private static func isGoFloat(_ text: String) -> Bool {
        if ["inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "nan"].contains(text.lowercased()) {
            return true
        }
        guard let value = Double(text), value.isFinite else { return false }
        // Swift takes a payload behind nan and a hexadecimal number without exponent, Go neither.
        let lowered = text.lowercased()
        return !lowered.contains("n") && (!lowered.contains("x") || lowered.contains("p"))
    }
}
