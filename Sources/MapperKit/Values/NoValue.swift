// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Holds the raw numbers with which a device says that it has no value: the key `noValue` of a visitor.
///
/// Devices fill a register whose sensor is missing or broken with a number that is out of the question otherwise, such
/// as 32768 or 65535. Not-a-number and infinity mean that everywhere and need no marker.
public struct NoValue: Hashable, Sendable {
    /// No markers.
    public static let none = NoValue()

    /// The markers as they were given: whole numbers, fractions, and the text of whole numbers above 2^63 - 1.
    public let markers: [PropertyValue]
    private let wholes: [Int64]
    private let reals: [Double]
    private let texts: [String]

    /// Creates a set of markers; what is no number marks nothing.
    ///
    /// - Parameters:
    ///   - markers: The raw numbers; one above 2^63 - 1 as text.
    ///   - signedBits: In how many bits a device may send whole numbers with a sign. A marker with the topmost of them
    ///     set, such as 0x8000 in 16, also means the negative number it is read as.
    public init(_ markers: [PropertyValue] = [], signedBits: Int? = nil) {
        self.markers = markers
        let wholes = markers.compactMap { marker -> Int64? in
            if case .int(let number) = marker { return number }
            return marker.number.flatMap { Int64(exactly: $0) }
        }
        let texts = markers.compactMap { marker -> String? in
            guard case .string(let text) = marker else { return nil }
            return text
        }
        let patterns = wholes.filter { $0 > 0 }.map(UInt64.init) + texts.compactMap { UInt64($0) }
        self.wholes = wholes + (signedBits.map { bits in patterns.compactMap { Self.negative($0, in: bits) } } ?? [])
        self.texts = texts
        reals = markers.compactMap { Double($0.text) }
    }

    /// Whether a raw value means that there is none.
    public func contains(_ raw: PropertyValue) -> Bool {
        guard !markers.isEmpty else { return false }
        return switch raw {
        case .int(let number): wholes.contains(number)
        case .float(let number): reals.contains { Float($0) == number }
        case .double(let number): reals.contains(number)
        case .string(let text): texts.contains(text)
        case .boolean, .bytes: false
        }
    }

    /// The same markers for a device that may send whole numbers with a sign in so many bits.
    public func reading(signedBits: Int?) -> NoValue { NoValue(markers, signedBits: signedBits) }

    /// The negative number that a pattern of bits with the topmost set stands for; `nil` for others.
    private static func negative(_ pattern: UInt64, in bits: Int) -> Int64? {
        guard (1...64).contains(bits), pattern >> UInt64(bits - 1) == 1 else { return nil }
        let unused = Int64(64 - bits)
        return Int64(bitPattern: pattern << UInt64(unused)) >> unused
    }
}

extension NoValue: Decodable {
    /// Decodes a number, a list of numbers, or JSON text of a list; a number may be text, also in the form `0x8000`.
    ///
    /// Only ``ConfigDecoder`` can do that.
    public init(from decoder: any Decoder) throws {
        let node = try ConfigNode(from: decoder).unfolded
        // An empty group is what stands in for a value that could not be decoded.
        let nodes = node.entries?.isEmpty == true ? [] : node.elements ?? [node]
        self.init(
            try nodes.map { node in
                guard let number = RawNumber.value(of: node) else {
                    let message = "'noValue' holds \(node.briefly), allowed are numbers such as 32768 and '0x8000'"
                    throw DecodingError.dataCorrupted(
                        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: message)
                    )
                }
                return number
            }
        )
    }
}
