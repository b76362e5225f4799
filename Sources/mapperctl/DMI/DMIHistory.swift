// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting

/// What an edge's DMI server has seen and done, the newest of it.
struct DMIHistory: Sendable {
    /// How far the server is.
    enum Phase: Hashable, Sendable {
        case stopped
        case starting
        case listening
        /// The socket cannot be served, for this reason.
        case failed(String)
    }

    /// A mapper's request.
    struct Request: Sendable {
        var time: ContinuousClock.Instant
        var request: UpstreamRequest
        var refusal: DMIRefusal?
    }

    /// A call on a mapper.
    struct Call: Sendable {
        var time: ContinuousClock.Instant
        var call: DownstreamCall
        /// Why it failed; `nil` when it did not.
        var failure: String?

        /// The procedure and what it was about: `UpdateDevice default/boiler`.
        var description: String { call.request.description }
    }

    /// How many entries of each kind are kept.
    static let limit = 10_000

    var phase = Phase.stopped
    private(set) var requests: [Request] = []
    private(set) var calls: [Call] = []
    private(set) var outputs: [DeviceTwin.Output] = []
    private(set) var crashes: [String] = []
    private(set) var lines: [EdgeLine] = []

    /// Forgets everything that happened so far.
    mutating func clear() { self = DMIHistory(phase: phase) }

    init(phase: Phase = .stopped) {
        self.phase = phase
    }

    mutating func note(_ effect: EdgeEffect) {
        let now = ContinuousClock.now
        switch effect {
        case .asked(let request, let refusal):
            Self.add(Request(time: now, request: request, refusal: refusal), to: &requests)
        case .ended(let call, let failure): Self.add(Call(time: now, call: call, failure: failure), to: &calls)
        case .output(.crash(let reason)): Self.add(reason, to: &crashes)
        case .output(let output): Self.add(output, to: &outputs)
        case .line(let line): Self.add(line, to: &lines)
        case .call, .answer: break
        }
    }

    private static func add<Entry>(_ entry: Entry, to list: inout [Entry]) {
        if list.count == limit { list.removeFirst(limit / 10) }
        list.append(entry)
    }
}
