// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import ArgumentParser
import BluetoothFuzzing

/// Feeds the Bluetooth driver with what devices, kernels and files should not say, and watches what becomes of it.
@main
struct BluetoothFuzzer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bluetooth-fuzzer",
        abstract: "Feed the Bluetooth driver with broken packets, values and files."
    )

    @Option(help: "How long, in seconds.")
    var seconds = 600

    @Option(help: "What everything is drawn from.")
    var seed: UInt64 = 1

    @Option(help: "Only this subject: \(FuzzSubject.allCases.map(\.rawValue).joined(separator: ", ")).")
    var subject: FuzzSubject?

    @Option(help: "Only this round, once; with the subject.")
    var round: UInt64?

    @Option(help: "How many MB the memory may grow between the end of the first minute and the end.")
    var growth = 32

    @Option(help: "A file that always says which round is under way.")
    var journal: String?

    func validate() throws {
        guard round == nil || subject != nil else { throw ValidationError("--round needs --subject") }
    }

    func run() async throws {
        let watch = FuzzWatch(seed: seed, journal: journal)
        watch.start()
        if let subject, let round {
            watch.begin(subject, round)
            say("\(try await subject.run(seed: seed, round: round))")
            return
        }
        let subjects = subject.map { [$0] } ?? FuzzSubject.allCases
        var run = FuzzRun(seed: seed, subjects: subjects, limit: growth, watch: watch)
        try await run.last(.seconds(seconds))
    }
}

extension FuzzSubject: ExpressibleByArgument {}
#else
/// Says how the program is built, as this build has nothing to feed.
@main
struct BluetoothFuzzer {
    static func main() { say("the driver's insides are hidden in this build: use mappers/bluetooth/Fuzzing/run.sh") }
}
#endif
