// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is the value that a test expects a property to be reported with; written as a literal.
///
///     try await edge.expectReport("temperature", 21.5)
///     try await edge.expectReport("heating", true)
///     try await edge.expectReport("mode", "auto")
///
/// A property's reported text may have any spelling of its value, a desired one's for instance: 21.5 equals `21.50`,
/// and `true` equals `1` where the model says boolean. A text equals only itself.
public struct ExpectedValue: Hashable, Sendable {
    private enum Form: Hashable, Sendable {
        case whole(Int64)
        case number(Double)
        case truth(Bool)
        case text(String)
    }

    private let form: Form

    /// Expects a whole number.
    public init(_ value: Int64) { form = .whole(value) }

    /// Expects a whole number.
    public init(_ value: Int) { form = .whole(Int64(value)) }

    /// Expects a number.
    public init(_ value: Double) { form = .number(value) }

    /// Expects true or false.
    public init(_ value: Bool) { form = .truth(value) }

    /// Expects exactly this text; bytes are texts in base64url without padding.
    public init(_ value: String) { form = .text(value) }

    /// Whether a reported value is this one.
    func matches(_ value: TwinReport.Value) -> Bool {
        matches(value.text, value.dataType)
    }

    private func matches(_ text: String, _ type: DataType) -> Bool {
        switch form {
        case .whole(let number):
            // Beyond 2^53 a `Double` would make neighbours equal.
            type != .boolean && (Int64(text).map { $0 == number } ?? (Double(text) == Double(number)))
        case .number(let number): type != .boolean && Double(text) == number
        case .truth(let truth):
            type == .boolean && (try? PropertyValue(parsing: text, as: .boolean)) == .boolean(truth)
        case .text(let expected): text == expected
        }
    }
}

extension ExpectedValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByStringInterpolation
{
    /// Expects a whole number.
    public init(integerLiteral value: Int64) { self.init(value) }

    /// Expects a number.
    public init(floatLiteral value: Double) { self.init(value) }

    /// Expects true or false.
    public init(booleanLiteral value: Bool) { self.init(value) }

    /// Expects exactly this text.
    public init(stringLiteral value: String) { self.init(value) }
}

extension ExpectedValue: CustomStringConvertible {
    /// The value as a test would write it.
    public var description: String {
        switch form {
        case .whole(let number): "\(number)"
        case .number(let number): PropertyValue.double(number).text
        case .truth(let truth): "\(truth)"
        case .text(let text): "\"\(text)\""
        }
    }
}
