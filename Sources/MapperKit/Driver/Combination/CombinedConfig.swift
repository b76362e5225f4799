// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the configuration of one of two drivers; which one, the device's protocol says.
///
/// Its keys are those of the driver it is for, and so are complaints about them.
public enum CombinedConfig<First: Decodable & Sendable, Second: Decodable & Sendable>: Decodable, Sendable {
    /// Of a device of the first driver.
    case first(First)
    /// Of a device of the second driver.
    case second(Second)

    /// Decodes what the device's own driver would; ``DriverBinding`` has said whose device it is.
    /// - Throws: an error where nobody has said that.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        switch ProtocolChoice.side(for: Self.self, decoder) {
        case .first?: self = .first(try value.decode(First.self))
        case .second?: self = .second(try value.decode(Second.self))
        case nil:
            let message = "nobody has said which driver this is for: devices are bound by DriverBinding"
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: message)
            )
        }
    }
}

extension CombinedConfig: Equatable where First: Equatable, Second: Equatable {}
extension CombinedConfig: Hashable where First: Hashable, Second: Hashable {}
