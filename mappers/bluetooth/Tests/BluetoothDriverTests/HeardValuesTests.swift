// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("What a peripheral has sent by itself")
struct HeardValuesTests {
    @Test("a peripheral that makes up handles fills no more than so many, and loses none of those it had")
    func capacity() {
        let heard = HeardValues()
        for handle in UInt16(1)...UInt16.max {
            heard.hear([1], of: handle, at: Timestamp(milliseconds: Int64(handle)))
        }
        #expect(heard.count == HeardValues.capacity)
        heard.hear([2], of: 1, at: Timestamp(milliseconds: 70_000))
        #expect(heard[1]?.octets == [2])
        #expect(heard.last?.milliseconds == 70_000)
    }
}
