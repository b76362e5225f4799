// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what may be read together on a device: keys of its protocol section.
public struct AddressRules: Decodable, Hashable, Sendable {
    /// Addresses that no request may touch unless a property is there: reading them has side effects, or is refused.
    public var forbidden: [AddressRange] = []
    /// Addresses that may be read even though no property needs them; given these, no other gap is read over.
    public var readable: [AddressRange] = []
    /// Addresses whose properties belong together and are only ever read in one request.
    public var atomic: [AddressRange] = []

    /// Creates rules that forbid nothing.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case forbidden, readable, atomic
    }

    /// Decodes the keys of a protocol section.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        forbidden = try keys.decodeIfPresent([AddressRange].self, forKey: .forbidden) ?? []
        readable = try keys.decodeIfPresent([AddressRange].self, forKey: .readable) ?? []
        atomic = try keys.decodeIfPresent([AddressRange].self, forKey: .atomic) ?? []
    }
}
