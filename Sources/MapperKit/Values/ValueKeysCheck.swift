// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Finds what cannot be in the keys about a property's value; the same for every driver.
public struct ValueKeysCheck {
    private let keys: ValueKeys
    private let property: Property
    private let raw: RawForm?
    private let subject: String

    /// Prepares the check of one property.
    /// - Parameters:
    ///   - keys: What its visitor says.
    ///   - property: The property.
    ///   - device: The device it belongs to, for the complaints.
    ///   - raw: What the driver reads for it; `nil` when the rest of the visitor is too broken to tell.
    public init(_ keys: ValueKeys, of property: Property, device: DeviceID, raw: RawForm?) {
        self.keys = keys
        self.property = property
        self.raw = raw
        subject = "property '\(property.name)' of device '\(device)'"
    }

    /// What is wrong, and what is doubtful, each at the key it is about.
    public var findings: [Diagnostic] {
        scaleFindings + decimalsFindings + enumerationFindings + noValueFindings + deadbandFindings
    }

    private var type: DataType { property.model.dataType }

    // MARK: Numbers

    private var scaleFindings: [Diagnostic] {
        let changed = [("scale", keys.scale, 1.0), ("valueOffset", keys.valueOffset, 0)].filter { $0.1 != $0.2 }
        return changed.compactMap { key, value, _ in
            guard value.isFinite else { return error(key, "'\(key)' must be a finite number") }
            guard let raw, !raw.isNumber else { return nil }
            return warning(key, "'\(key)' has no effect on a value read as \(raw.name)")
        }
    }

    private var decimalsFindings: [Diagnostic] {
        guard let decimals = keys.decimals else { return [] }
        let allowed = ValueKeys.allowedDecimals
        guard allowed.contains(decimals) else {
            let range = "\(allowed.lowerBound)…\(allowed.upperBound)"
            return [error("decimals", "'decimals' is \(decimals), allowed is \(range)")]
        }
        guard [.float, .double, .string].contains(type) else {
            return [error("decimals", "'decimals' is for numbers with a fraction, but the model says \(type.rawValue)")]
        }
        guard let raw, !raw.isNumber else { return [] }
        return [error("decimals", "'decimals' is for numbers, this is read as \(raw.name)")]
    }

    private var deadbandFindings: [Diagnostic] {
        guard keys.deadband != 0 else { return [] }
        guard keys.deadband.isFinite, keys.deadband > 0 else {
            let text = PropertyValue.double(keys.deadband).text
            return [error("deadband", "'deadband' is \(text), allowed is 0 and more, in the property's own unit")]
        }
        guard !type.isNumeric else { return [] }
        return [error("deadband", "'deadband' is for numbers, but the model says \(type.rawValue)")]
    }

    // MARK: Names

    private var enumerationFindings: [Diagnostic] {
        guard let enumeration = keys.enumeration else { return [] }
        guard type != .bytes else {
            return [
                error("enumeration", "'enumeration' gives texts, numbers or truth values, but the model says bytes")
            ]
        }
        if let raw, ![.int, .boolean].contains(raw.dataType) {
            return [error("enumeration", "'enumeration' is for raw whole numbers, this is read as \(raw.name)")]
        }
        guard !enumeration.texts.isEmpty else {
            return [error("enumeration", "'enumeration' is empty, needed is at least one raw number with its text")]
        }
        return textFindings(enumeration) + rawFindings(enumeration) + rivalFindings
    }

    private func textFindings(_ enumeration: ValueEnumeration) -> [Diagnostic] {
        let entries = enumeration.texts.sorted { $0.key < $1.key }
        var known: [String: Int64] = [:]
        return entries.compactMap { raw, text in
            if text.isEmpty { return error("enumeration", "'enumeration' has an empty text for \(raw)") }
            if let other = known.updateValue(raw, forKey: text) {
                let message = "'enumeration' has the text '\(text)' for \(other) and for \(raw)"
                return error("enumeration", message + ": which of them would be written is open")
            }
            guard let value = try? PropertyValue(parsing: text, as: type) else {
                let message = "'enumeration' says '\(text)' for \(raw)"
                return error("enumeration", message + ", which is no \(type.rawValue), as the model says")
            }
            guard value.text != text else { return nil }
            return error("enumeration", "'enumeration' says '\(text)' for \(raw), write it as '\(value.text)'")
        }
    }

    private func rawFindings(_ enumeration: ValueEnumeration) -> [Diagnostic] {
        guard let raw else { return [] }
        let strangers = enumeration.texts.keys.filter { !raw.allows(.int($0)) }.sorted()
        let doubles = enumeration.texts.keys.filter { keys.noValue.contains(.int($0)) }.sorted()
        return strangers.map {
            error("enumeration", "'enumeration' has the raw number \($0), which \(raw.name) never is (\(raw.range))")
        }
            + doubles.map { error("noValue", "'noValue' has \($0), which 'enumeration' gives a text") }
    }

    /// Keys that have no say beside an enumeration.
    private var rivalFindings: [Diagnostic] {
        let rivals = [
            ("scale", keys.scale != 1), ("valueOffset", keys.valueOffset != 0), ("decimals", keys.decimals != nil),
            ("deadband", keys.deadband != 0),
        ]
        return rivals.filter(\.1).map { key, _ in
            error(key, "'\(key)' stands beside 'enumeration', which leaves nothing to compute: keep one or the other")
        }
    }

    private var noValueFindings: [Diagnostic] {
        guard !keys.noValue.markers.isEmpty, let raw else { return [] }
        guard raw.isNumber else {
            return [error("noValue", "'noValue' is for raw numbers, this is read as \(raw.name)")]
        }
        return keys.noValue.markers.filter { !raw.allows(marker: $0) }.map {
            warning("noValue", "'noValue' has \($0.text), which \(raw.name) never is (\(raw.range))")
        }
    }

    // MARK: Complaints

    private func error(_ key: String, _ message: String) -> Diagnostic {
        .error(at: location(of: key), "\(subject): \(message)")
    }

    private func warning(_ key: String, _ message: String) -> Diagnostic {
        .warning(at: location(of: key), "\(subject): \(message)")
    }

    private func location(of key: String) -> SourceLocation? {
        property.visitor[key]?.location ?? property.visitor.location
    }
}

extension RawForm {
    fileprivate var isNumber: Bool { dataType.isNumeric }
}
