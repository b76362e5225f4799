// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import BluetoothFuzzing
import Testing

/// Runs the beginning of what the fuzzer goes on with for hours (`mappers/bluetooth/Fuzzing`).
@Suite("Packets, values and files of chance", .timeLimit(.minutes(2)))
struct FuzzTests {
    @Test(
        "nothing of it does harm, and enough of it is taken for every path to be gone",
        arguments: [
            (.attributes, 40), (.advertisements, 300), (.events, 200), (.management, 40), (.values, 40), (.keys, 60),
            (.simulator, 150),
        ] as [(FuzzSubject, UInt64)]
    )
    func rounds(subject: FuzzSubject, count: UInt64) async throws {
        var tally = FuzzTally()
        for round in 0..<count { tally.add(try await subject.run(seed: 0xB1E, round: round)) }
        #expect(tally.taken > Int(count) && tally.refused > Int(count), "\(tally)")
    }
}
#endif
