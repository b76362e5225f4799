// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import ModbusDriver
import Synchronization

/// Shows how far a scan is: one line that changes on a terminal, else a line whenever a unit was found or ten seconds
/// have passed.
final class ProgressLine: Sendable {
    private struct State {
        var shown = ContinuousClock.now - .seconds(60)
        var found = 0
        var isDrawn = false
    }

    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    /// Shows a state, unless one was shown just now.
    func show(_ progress: ScanProgress) {
        let text: String? = state.withLock { state in
            let isNews = progress.found != state.found
            let age = state.shown.duration(to: .now)
            guard isNews || age >= (isTerminal ? .milliseconds(100) : .seconds(10)) else { return nil }
            (state.shown, state.found, state.isDrawn) = (.now, progress.found, isTerminal)
            let counts =
                "\(progress.found) \(progress.found == 1 ? "unit" : "units") found, request \(progress.requests)"
            return isTerminal ? "\r\u{1B}[K\(counts): \(progress.subject)" : "\(counts): \(progress.subject)\n"
        }
        if let text { put(text) }
    }

    /// Removes the line from a terminal.
    func clear() {
        if state.withLock({ $0.isDrawn }) { put("\r\u{1B}[K") }
    }

    private func put(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
