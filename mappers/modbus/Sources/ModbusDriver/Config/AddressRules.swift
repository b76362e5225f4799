// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what may be read together on a device: keys of its protocol section.
public struct AddressRules: Decodable, Hashable, Sendable {
    /// Addresses that no request may touch unless a property is there: reading them has side effects, or is refused.
    public var forbidden: [AddressRange] = []
    /// Addresses that may be read even though no property needs them; given these, no other gap is read over.
    public var readable: [AddressRange] = []
    /// Addresses whose properties belong together: either one request brings all that are due, or they fail.
    public var atomic: [AddressRange] = []

    /// Creates rules that forbid nothing.
    public init() {}

    /// The same ranges as on the wire, where the device's manual calls the first address 1.
    var countedFromZero: AddressRules {
        func moved(_ ranges: [AddressRange]) -> [AddressRange] {
            ranges.map { AddressRange($0.table, max($0.first - 1, 0)...max($0.last - 1, 0)) }
        }
        var rules = self
        (rules.forbidden, rules.readable, rules.atomic) = (moved(forbidden), moved(readable), moved(atomic))
        return rules
    }

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
