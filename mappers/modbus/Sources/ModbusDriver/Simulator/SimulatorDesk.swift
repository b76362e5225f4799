// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Finds the answers to requests: faults first, then libmodbus.
struct SimulatorDesk: ~Copyable {
    /// Says what a client gets for a request.
    struct Outcome {
        /// The frame to send; `nil` for silence.
        var answer: [UInt8]?
        /// How long the unit works on it.
        var turnaround = Duration.zero
        /// How long the answer is then on its way.
        var delay = Duration.zero
        /// Whether the connection ends instead.
        var hangsUp = false
        /// What befell the request.
        var faults: [FaultName] = []
    }

    /// A gateway's word for a unit that is not there.
    private static let absentUnit: UInt8 = 11

    private let tcp: ServerContext
    private let rtu: ServerContext

    init() throws(DeviceError) {
        let tcp = try ServerContext(.tcp)
        let rtu = try ServerContext(.rtu)
        self.tcp = tcp
        self.rtu = rtu
    }

    /// Does what a request asks for.
    func outcome(of request: SimulatorRequest, at place: SimulatorPlace) -> Outcome {
        if let unit = place.units[request.unit] { return outcome(of: request, unit, place.framing) }
        switch place.framing {
        case .tcp: return Outcome(answer: tcp.refusal(of: request, code: Self.absentUnit))
        case .rtu:
            // Unit 0 means all of them, and none answers.
            if request.unit == 0, request.isWrite {
                for unit in place.units.values { _ = outcome(of: request, unit, .rtu) }
            }
            return Outcome()
        }
    }

    private func outcome(
        of request: SimulatorRequest,
        _ unit: SimulatedUnit,
        _ framing: SimulatorFraming
    ) -> Outcome {
        let verdict = unit.verdict(on: request)
        var outcome = Outcome(turnaround: verdict.turnaround, delay: verdict.delay, faults: verdict.faults)
        switch verdict.reply {
        case .silence: break
        case .hangUp: outcome.hangsUp = true
        case .refusal(let code):
            outcome.answer =
                framing == .tcp ? tcp.refusal(of: request, code: code) : rtu.refusal(of: request, code: code)
        case .answer:
            unit.move()
            outcome.answer = framing == .tcp ? tcp.answer(to: request, of: unit) : rtu.answer(to: request, of: unit)
        }
        if let bit = verdict.damagedBit, let answer = outcome.answer {
            outcome.answer = Self.damaged(answer, bit % framing.damageableBits(of: answer))
        }
        return outcome
    }

    private static func damaged(_ frame: [UInt8], _ bit: Int) -> [UInt8] {
        var frame = frame
        frame[bit / 8] ^= 1 << UInt8(bit % 8)
        return frame
    }
}
