// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What calls do whose task is cancelled, as it is when a mapper stops.
extension ConformanceTrial {
    func checkCancellation(_ known: Known) async {
        guard !findings.isBroken(.reopens) else {
            return findings.notTried(.cancellation, "the device is not opened again")
        }
        for moment in [DriverLane.Cancellation.before, .soon] {
            guard await cancelOpening(known.device, moment), await cancelCalls(known, moment) else { return }
        }
        // Cancelling one session is no reason for the next to fail.
        guard case .returned(let session) = await openPatiently(known.device, hanging: .cancellation) else {
            return findings.broken(.cancellation, "device '\(known.device.id)' is not opened again afterwards")
        }
        if let complaint = await complaint(about: session, known) {
            findings.broken(.cancellation, "device '\(known.device.id)' afterwards: \(complaint)")
        }
        await session.close()
    }

    /// - Returns: whether it returned.
    func cancelOpening(_ device: BoundDevice, _ moment: DriverLane.Cancellation) async -> Bool {
        switch await open(device, cancelled: moment, hanging: .cancellation) {
        case .returned(let session): return await session.close()
        case .threw: return true
        case .hung: return false
        }
    }

    /// - Returns: whether all calls returned.
    private func cancelCalls(_ known: Known, _ moment: DriverLane.Cancellation) async -> Bool {
        guard case .returned(let session) = await openPatiently(known.device, hanging: .cancellation) else {
            findings.broken(.cancellation, "device '\(known.device.id)' is not opened again afterwards")
            return false
        }
        _ = await session.read(session.device.visitors, cancelled: moment, hanging: .cancellation)
        for visitor in session.device.visitors where mayWrite(visitor) && session.stuck == nil {
            guard case .success(let sample)? = await session.read(visitor),
                let value = try? driver.value(of: sample, for: visitor),
                let raw = try? driver.rawValue(of: value, for: visitor)
            else { continue }
            _ = await session.write(raw, to: visitor, cancelled: moment, hanging: .cancellation)
            break
        }
        return await session.close()
    }
}
