// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Logging

/// What comes up unasked: samples that a device sends by itself, and the end of its connection.
extension DeviceLoop {
    /// Takes what the device has said.
    mutating func takeNews(_ letters: DeviceMailbox<BoundDevice>.Letters) {
        var heard: [Property] = []
        for (name, pushed) in letters.samples.sorted(by: { $0.key < $1.key }) {
            guard let visitor = device.visitor(of: name), pushed.uptime >= writtenUptimes[name] ?? .zero else {
                continue
            }
            do {
                let value = try driver.value(of: pushed.sample, for: visitor)
                let acquiredAt = pushed.sample.acquiredAt ?? clock.timestamp
                twin[name]?.read(value, at: acquiredAt)
                logTransition(of: name, nil)
                heard.append(visitor.property)
            } catch {
                logTransition(of: name, error)
            }
        }
        if !letters.samples.isEmpty {
            metrics.readings.increment(by: heard.count)
            noteAnswer()
            sendTelemetry(of: heard)
        }
        if let loss = letters.loss { noteLoss(loss) }
    }

    /// Notes that the session is of no use any more: a connection that broke may be there again at once, a device that
    /// was not heard for long is gone.
    private mutating func noteLoss(_ error: DeviceError) {
        needsReopening = true
        if error.code == .disconnected { noteMiss(error) } else { noteAbsence(error) }
    }
}
