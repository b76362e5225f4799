// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says which of two drivers a device is for, to the configuration types that have a case for each.
///
/// Drivers may be combined again and again, so there is a choice for each type on the way.
package struct ProtocolChoice: Sendable {
    /// One of two drivers.
    enum Side: Sendable { case first, second }

    private static let key = CodingUserInfoKey(rawValue: "protocolChoice")

    private var sides: [ObjectIdentifier: Side] = [:]

    /// What decoders of a device's configuration are told; nothing for a driver of one protocol.
    static func userInfo(
        for instance: DeviceInstance,
        _ driver: some DeviceDriver
    ) -> [CodingUserInfoKey: any Sendable] {
        guard let key, let name = instance.protocolName, let combination = driver as? any DriverCombination else {
            return [:]
        }
        var choice = ProtocolChoice()
        combination.choose(for: name, &choice)
        return [key: choice]
    }

    /// Notes which case a type is to take.
    mutating func take<Config>(_ side: Side, for type: Config.Type) {
        sides[ObjectIdentifier(type)] = side
    }

    /// Which case a type is to take; `nil` where nobody has chosen.
    static func side<Config>(for type: Config.Type, _ decoder: any Decoder) -> Side? {
        guard let key, let choice = decoder.userInfo[key] as? ProtocolChoice else { return nil }
        return choice.sides[ObjectIdentifier(type)]
    }
}
