// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
/// Names a part of the driver that takes what others made: devices, the kernel, people who write files.
package enum FuzzSubject: String, CaseIterable, Sendable {
    /// The client of the attribute protocol, at a server that means no good.
    case attributes
    /// Advertising reports and beacons.
    case advertisements
    /// What a raw socket delivers, and the scan that lives on it.
    case events
    /// The kernel's control channel.
    case management
    /// The bytes of values, and the keys that say what they mean.
    case values
    /// The file of keys.
    case keys
    /// The simulator's side of the attribute protocol.
    case simulator

    /// Feeds the subject with what belongs to a seed and a round.
    /// - Returns: what came of it.
    /// - Throws: ``FuzzFinding`` when the subject did not keep a promise.
    package func run(seed: UInt64, round: UInt64) async throws -> FuzzTally {
        let number = Self.allCases.firstIndex(of: self) ?? 0
        let random = FuzzRandom(seed: seed, subject: UInt64(number), round: round)
        switch self {
        case .attributes:
            var fuzz = AttributeFuzz(random: random, isCreeping: round % 500 == 499)
            return try await fuzz.run()
        case .advertisements:
            var fuzz = AdvertisementFuzz(random: random)
            return try fuzz.run()
        case .events:
            var fuzz = EventFuzz(random: random)
            return try fuzz.run()
        case .management:
            var fuzz = ManagementFuzz(random: random)
            return try await fuzz.run()
        case .values:
            var fuzz = ValueFuzz(random: random)
            return try fuzz.run()
        case .keys:
            var fuzz = KeyFuzz(random: random)
            return try fuzz.run()
        case .simulator:
            var fuzz = SimulatorFuzz(random: random)
            return try fuzz.run()
        }
    }
}
#endif
