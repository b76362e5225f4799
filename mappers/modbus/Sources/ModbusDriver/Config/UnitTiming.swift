// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how much time a device gets, and how often it is asked: keys of its protocol section.
public struct UnitTiming: Decodable, Hashable, Sendable {
    /// How long the device may take to answer, in milliseconds; the time on the line comes on top.
    public var responseTimeout = 500
    /// How long the bus rests before each request to the device, in milliseconds.
    public var requestPause = 0
    /// How long the bus rests before the device is asked after another one, in milliseconds.
    public var unitSwitchPause = 0
    /// How often a read that got no answer, or a damaged one, is sent again before it counts as failed; writes never are.
    public var retries = 1

    /// Creates the timing of a device that needs nothing special.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case responseTimeout, requestPause, unitSwitchPause, retries
    }

    /// Decodes the keys of a protocol section.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        responseTimeout = try keys.decodeIfPresent(Int.self, forKey: .responseTimeout) ?? responseTimeout
        requestPause = try keys.decodeIfPresent(Int.self, forKey: .requestPause) ?? requestPause
        unitSwitchPause = try keys.decodeIfPresent(Int.self, forKey: .unitSwitchPause) ?? unitSwitchPause
        retries = try keys.decodeIfPresent(Int.self, forKey: .retries) ?? retries
    }
}
