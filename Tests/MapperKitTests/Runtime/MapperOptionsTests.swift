// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperKit

@Suite("Pauses between attempts")
struct MapperOptionsTests {
    @Test("an attempt that keeps others from a line takes less than a hundredth of it in the end")
    func lineTime() {
        let options = MapperOptions()
        for failures in 1...12 {
            #expect(options.reopenPause(afterFailures: failures, lineTime: nil) <= .seconds(30))
        }
        for _ in 0..<100 {
            #expect(options.reopenPause(afterFailures: 12, lineTime: .seconds(1)) >= .seconds(99))
            #expect(options.reopenPause(afterFailures: 1, lineTime: .seconds(1)) <= .seconds(1))
        }
    }
}
