// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import MapperDMI
import MapperTesting
import Testing

@testable import mapperctl

extension EndToEndTests {
    /// Whatever breaks between EdgeCore and a mapper is whole again soon, and no desired value is written twice.
    ///
    /// `MAPPERKIT_DISRUPTIONS` says how often each of them is gone through, up to 13 times.
    @Suite(.serialized, .timeLimit(.minutes(15)))
    struct DMIRecoveryTests {
        /// How long everything may take to work again.
        private static let limit = Duration.seconds(10)
        private static let rounds =
            ProcessInfo.processInfo.environment["MAPPERKIT_DISRUPTIONS"].flatMap { Int($0) } ?? 1

        /// The newest, and the newest that answers reports with updates, hides paths less and forgets mappers.
        @Test(arguments: [DMIServerOptions.defaultVersion, EdgeCoreVersion(1, 17)])
        func `What is desired is written once, whatever breaks`(version: EdgeCoreVersion) async throws {
            let seed = UInt64.random(in: .min ... .max)
            print("DMIRecoveryTests: EdgeCore \(version), order of seed \(seed)")
            var random = SplitMix(seed: seed)
            let stage = try await DMIStage(version: version)
            try await stage.temperature(otherThan: nil, since: 0)
            // Whole degrees are left out, so that texts are what a reading makes of them.
            var setpoints = (51...349).filter { $0 % 10 != 0 }.map(UInt16.init).shuffled(using: &random)[...]
            var (desired, times): ([UInt16], [(Disruption, Duration)]) = ([], [])
            let disruptions = (0..<Self.rounds).flatMap { _ in Disruption.allCases }
            for disruption in disruptions.shuffled(using: &random) {
                let pair = (setpoints.removeFirst(), setpoints.removeFirst())
                desired += [pair.0, pair.1]
                times.append((disruption, try await survive(disruption, pair, stage)))
                #expect(stage.written == desired, "\(disruption)")
            }
            try Self.say(times, stage.written.count)
            #expect(stage.server.crashes.isEmpty)
            await stage.server.stop()
        }

        /// Breaks something, and waits until what became desired meanwhile and afterwards is written and told.
        /// - Returns: how long it took until everything worked again.
        private func survive(
            _ disruption: Disruption,
            _ setpoints: (UInt16, UInt16),
            _ stage: DMIStage
        ) async throws -> Duration {
            let (start, old) = (stage.count, stage.twins(of: "temperature").last?.reported.value)
            try await stage.suffer(disruption, desiring: setpoints.0)
            let (back, begin) = (stage.count, ContinuousClock.now)
            try await stage.fulfilled(setpoints.0, since: start, within: Self.limit)
            try await stage.temperature(otherThan: old, since: back, within: Self.limit)
            let time = ContinuousClock.now - begin
            #expect(time < Self.limit, "\(disruption)")
            stage.desire(setpoints.1)
            try await stage.fulfilled(setpoints.1, since: start, within: Self.limit)
            return time
        }

        private static func say(_ times: [(Disruption, Duration)], _ writes: Int) throws {
            let longest = try #require(times.max { $0.1 < $1.1 })
            print("DMIRecoveryTests: \(times.map { "\($0) \($1)" }.joined(separator: ", "))")
            print("DMIRecoveryTests: the longest recovery was \(longest.1), after \(longest.0); \(writes) writes")
        }
    }
}
