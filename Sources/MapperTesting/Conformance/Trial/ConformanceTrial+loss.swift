// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What becomes of a device that is taken away, of the others meanwhile, and of it when it comes back.
extension ConformanceTrial {
    private static var lossRules: [ConformanceRule] { [.loss, .isolation, .comesBack] }

    func checkLoss(_ known: [Known]) async {
        guard let takeAway = options.takeAway, let bringBack = options.bringBack else {
            for rule in Self.lossRules {
                findings.notTried(rule, "the options name no way to take a device away and to bring it back")
            }
            return
        }
        guard let lost = known.first, !findings.isBroken(.reopens) else { return }
        guard case .returned(let session) = await openPatiently(lost.device, hanging: .loss) else { return }
        var other: Session?
        if known.count > 1, case .returned(let opened) = await openPatiently(known[1].device, hanging: .isolation) {
            other = opened
        }
        do {
            try await takeAway(lost.device.id)
            await checkAway(session, lost, beside: other, known.dropFirst().first)
            try await bringBack(lost.device.id)
            await checkReturn(lost)
        } catch {
            for rule in Self.lossRules { findings.notTried(rule, "the test could not take it away: \(error)") }
        }
        await session.close()
        await other?.close()
    }

    private func checkAway(_ session: Session, _ lost: Known, beside other: Session?, _ neighbour: Known?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await useAbsent(session) }
            if let other, let neighbour {
                group.addTask { await checkNeighbour(other, neighbour) }
            } else {
                findings.notTried(.isolation, "the profile has one device only")
            }
        }
        // One more session that is told to stop while it waits for the device.
        for moment in [DriverLane.Cancellation.before, .soon] {
            guard await cancelOpening(lost.device, moment) else { return }
        }
    }

    /// Uses a session whose device is away.
    private func useAbsent(_ session: Session) async {
        findings.tried(.loss)
        let visitors = session.device.visitors
        _ = await session.read(visitors, hanging: .loss)
        _ = await session.read(visitors, cancelled: .soon, hanging: .cancellation)
        guard await session.close(hanging: .loss) else { return }
        switch await open(session.device, hanging: .loss) {
        // Succeeding may mean that nothing can be known before the first reading.
        case .returned(let another):
            _ = await another.read(visitors, hanging: .loss)
            await another.close(hanging: .loss)
        case .threw, .hung: break
        }
    }

    private func checkNeighbour(_ session: Session, _ known: Known) async {
        findings.tried(.isolation)
        for _ in 0..<3 {
            let visitors = session.device.visitors.filter { known.readable.contains($0.property.name) }
            let results = await session.read(visitors, hanging: .isolation)
            for (visitor, result) in zip(visitors, results ?? []) {
                guard let error = result.failure else { continue }
                let complaint = "'\(visitor.property.name)' fails while another device is away: \(DeviceError(error))"
                findings.broken(.isolation, "device '\(session.device.id)': \(complaint)")
            }
        }
    }

    private func checkReturn(_ lost: Known) async {
        findings.tried(.comesBack)
        let deadline = ContinuousClock.now + options.stepTime
        var complaint: String?
        repeat {
            switch await openPatiently(lost.device, hanging: .comesBack) {
            case .hung: return
            case .threw(let error): complaint = "\(DeviceError(error))"
            case .returned(let session):
                complaint = await self.complaint(about: session, lost)
                await session.close()
            }
        } while complaint != nil && ContinuousClock.now < deadline && !Task.isCancelled
        if let complaint { findings.broken(.comesBack, "device '\(lost.device.id)': \(complaint)") }
    }
}
