// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension BeaconField {
    /// Reads a name as visitors use it: `temperature` is the first of its kind in an advertisement, `temperature2` the
    /// second; `nil` for what no beacon tells.
    static func named(_ name: String) -> (field: BeaconField, ordinal: Int)? {
        if let field = BeaconField(rawValue: name) { return (field, 1) }
        let digits = name.reversed().prefix { $0.isNumber }.reversed()
        guard let field = BeaconField(rawValue: String(name.dropLast(digits.count))), let number = Int(String(digits)),
            (2...8).contains(number)
        else { return nil }
        return (field, number)
    }

    /// Whether its values are words, or digits that are no number, so that only a text takes them.
    var isText: Bool {
        switch self {
        case .uuid, .namespace, .instance, .ephemeralID, .url, .firmwareVersion, .button, .doorEvent, .command, .text:
            true
        default: false
        }
    }
}
