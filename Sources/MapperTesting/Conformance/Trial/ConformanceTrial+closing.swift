// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// What a session does at its end, and after it.
extension ConformanceTrial {
    func checkClosing(_ session: Session) async {
        guard await session.close() else { return }
        await checkClosed(session)
        await session.close()
    }

    /// Tries what nobody does: to use a session that is closed.
    private func checkClosed(_ session: Session) async {
        let device = session.device
        guard let results = await session.read(device.visitors, hanging: .afterClose) else { return }
        findings.tried(.afterClose)
        for (visitor, result) in zip(device.visitors, results) {
            guard let sample = try? result.get() else { continue }
            let sight = "'\(visitor.property.name)' is \(sample.value.text)"
            return findings.broken(.afterClose, "device '\(device.id)': after close \(sight)")
        }
        guard let visitor = device.visitors.first(where: mayWrite),
            let value = ValueCandidates(for: visitor.property.model).allowed.first,
            let raw = try? driver.rawValue(of: value, for: visitor),
            let end = await session.write(raw, to: visitor, hanging: .afterClose)
        else { return }
        if end.failure == nil {
            findings.broken(
                .afterClose,
                "device '\(device.id)': after close a write of '\(visitor.property.name)' returned"
            )
        }
    }

    // MARK: Pushes

    /// Judges what was pushed in the whole run.
    func checkPushes() async {
        let logs = ears.logs.withLock { $0 }
        guard !logs.isEmpty else { return findings.notTried(.pushes, "the sessions do not push") }
        await withTaskGroup(of: Void.self) { group in
            for log in logs {
                group.addTask { [options] in
                    _ = await log.state.first(within: options.quietTime) { $0.late }
                }
            }
        }
        for log in logs {
            let state = log.state.now
            if state.samples > 0 { findings.tried(.pushes) }
            if let complaint = state.complaint { findings.broken(.pushes, "device '\(log.device)': \(complaint)") }
            if let late = state.late { findings.broken(.pushes, "device '\(log.device)': after close came \(late)") }
        }
        findings.notTried(.pushes, "nothing was pushed")
    }
}
