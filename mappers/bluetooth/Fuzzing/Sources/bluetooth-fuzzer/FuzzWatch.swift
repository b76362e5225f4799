// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import CLibBluetooth
import Dispatch
import FoundationEssentials
import Glibc
import BluetoothFuzzing
import Synchronization

/// Knows which round is under way, writes it down for whoever finds the program dead, and ends one that hangs.
final class FuzzWatch: Sendable {
    private struct State: Sendable {
        var place = "nothing"
        var began: ContinuousClock.Instant?
    }

    /// How long a round may take.
    private static let limit = Duration.seconds(30)

    private let seed: UInt64
    private let journal: CInt
    private let state = Mutex(State())

    /// - Parameter journal: The file to write into; `nil` for none.
    init(seed: UInt64, journal: String?) {
        self.seed = seed
        self.journal = journal.map { unsafe open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) } ?? -1
    }

    /// What to call the program with to come to this round again.
    var place: String { state.withLock(\.place) }

    /// Takes note that a round begins.
    func begin(_ subject: FuzzSubject, _ round: UInt64) {
        let place = "--seed \(seed) --subject \(subject) --round \(round)"
        state.withLock { $0 = State(place: place, began: .now) }
        guard journal >= 0 else { return }
        // Always as long, as nothing of the one before may be left.
        let line = Array((place + String(repeating: " ", count: max(0, 79 - place.utf8.count)) + "\n").utf8)
        _ = unsafe pwrite(journal, line, line.count, 0)
    }

    /// Takes note that nothing is under way.
    func rest() { state.withLock { $0.began = nil } }

    /// Begins to watch, on a thread of its own: those of tasks may be what hangs.
    func start() {
        DispatchQueue(label: "watch").async { [self] in
            while true {
                sleep(1)
                let (place, began) = state.withLock { ($0.place, $0.began) }
                guard let began, began.duration(to: .now) > Self.limit else { continue }
                say("hangs: \(place)")
                abort()
            }
        }
    }
}
#endif
