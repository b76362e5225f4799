// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Listens to what one session says by itself.
final class PushLog: Sendable {
    struct State: Sendable {
        var samples = 0
        var complaint: String?
        var closed: ContinuousClock.Instant?
        /// What came after the session was closed.
        var late: String?
    }

    /// A call that began before `close` returned may take that long to get here.
    private static let patience = Duration.milliseconds(250)

    let device: DeviceID
    let state = Watched(State())
    /// What is wrong with a sample.
    private let judge: @Sendable (String, Sample) -> String?

    init(_ device: DeviceID, judge: @escaping @Sendable (String, Sample) -> String?) {
        self.device = device
        self.judge = judge
    }

    func hear(_ news: DeviceNews) {
        let now = ContinuousClock.now
        state.change { state in
            if let closed = state.closed, now - closed > Self.patience {
                state.late = state.late ?? Self.text(news)
            }
            guard case .sample(let property, let sample) = news else { return }
            state.samples += 1
            state.complaint = state.complaint ?? judge(property, sample)
        }
    }

    func close() {
        state.change { $0.closed = .now }
    }

    private static func text(_ news: DeviceNews) -> String {
        switch news {
        case .sample(let property, let sample): "'\(property)' = \(sample.value.text)"
        case .lost(let error): "the loss of the device (\(error))"
        }
    }
}
