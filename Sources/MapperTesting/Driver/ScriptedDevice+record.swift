// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension ScriptedDevice {
    /// Every batch read, as the names asked for.
    public var batches: [[String]] { state.now.log.batches }

    /// Every write that was tried, also those that failed.
    public var writes: [Write] { state.now.log.writes }

    /// Whether a session is open.
    public var isOpen: Bool { state.now.log.isOpen }

    /// How often an operation was started while another one was still going on; a runtime keeps that at 0.
    public var overlaps: Int { state.now.log.overlaps }

    /// How often an operation was started.
    public func count(of operation: Operation) -> Int {
        state.now.log.counts[operation, default: 0]
    }

    /// Waits until an operation was started at least so many times.
    /// - Throws: `CancellationError` when the test is cancelled, by its time limit for one.
    public func wait(for operation: Operation, count: Int = 1) async throws {
        try await state.first { $0.log.counts[operation, default: 0] >= count ? () : nil }
    }

    /// Waits until a number of writes was tried, and gives them all.
    /// - Throws: `CancellationError` when the test is cancelled.
    @discardableResult
    public func waitForWrites(_ count: Int) async throws -> [Write] {
        try await state.first { $0.log.writes.count >= count ? $0.log.writes : nil }
    }

    /// Drops the record; the script stays.
    public func forget() {
        state.change { state in
            state.log.counts = [:]
            state.log.batches = []
            state.log.writes = []
            state.log.overlaps = 0
        }
    }
}
