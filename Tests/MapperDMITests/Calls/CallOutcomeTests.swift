// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore
import Testing

@testable import MapperDMI

@Suite("How a request ended")
struct CallOutcomeTests {
    private struct BrokenPipe: Error {}

    @Test("What EdgeCore says is told from what breaks on the way")
    func outcomes() {
        let said = RPCError(code: .unknown, message: "the device is not known")
        #expect(CallOutcome(said) == .refused("the device is not known"))
        let often = RPCError(code: .unknown, message: "fail because of too many request: m")
        #expect(CallOutcome(often) == .tooMany)
        #expect(CallOutcome(RPCError(code: .unimplemented, message: "no such method")) == .unimplemented)
        let broken = [
            RPCError(code: .unknown, message: "Write failed.", cause: BrokenPipe()),
            RPCError(code: .unknown, message: ""),
            RPCError(code: .unavailable, message: "gone"),
            RPCError(code: .deadlineExceeded, message: "late"),
        ]
        for error in broken { #expect(CallOutcome(error) == .lost("\(error.code): \(error.message)")) }
    }

    @Test("A call that is given up was not refused")
    func cancelled() async {
        let outcome = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return CallOutcome(RPCError(code: .unknown, message: "CancellationError()"))
        }
        #expect(await outcome.value == .lost("unknown: CancellationError()"))
    }
}
