// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("The order of MGMT requests")
struct MGMTRequestQueueTests {
    /// Lets expectations change the queue.
    private final class Requests {
        private var queue = MGMTRequestQueue()
        var isEmpty: Bool { queue.isEmpty }
        func add(_ id: UInt64, _ kind: MGMTRequestQueue.Kind) -> Bool { queue.add(id, kind) }
        func abandon(_ id: UInt64, _ kind: MGMTRequestQueue.Kind) { queue.abandon(id, kind) }
        func withdraw(_ id: UInt64, _ kind: MGMTRequestQueue.Kind) -> UInt64? { queue.withdraw(id, kind) }
        func answered(_ kind: MGMTRequestQueue.Kind) -> [UInt64?] {
            let (owner, next) = queue.answered(kind)
            return [owner, next]
        }
    }

    private let power = MGMTRequestQueue.Kind(command: 5, index: 0)
    private let other = MGMTRequestQueue.Kind(command: 5, index: 1)

    @Test("one of a kind is under way at a time, adapters do not wait for each other")
    func order() {
        let queue = Requests()
        #expect(queue.add(1, power))
        #expect(!queue.add(2, power))
        #expect(queue.add(3, other))
        #expect(queue.answered(power) == [1, 2])
        #expect(queue.answered(other) == [3, nil])
        #expect(queue.answered(power) == [2, nil])
        #expect(queue.isEmpty)
    }

    @Test("an answer that nobody asked for belongs to nobody")
    func unasked() {
        let queue = Requests()
        #expect(queue.answered(power) == [nil, nil])
    }

    @Test("a late answer is not taken for the next request's")
    func late() {
        let queue = Requests()
        _ = queue.add(1, power)
        queue.abandon(1, power)
        #expect(!queue.add(2, power))
        #expect(queue.answered(power) == [nil, 2])
        #expect(queue.answered(power) == [2, nil])
    }

    @Test("an answer that never comes holds up no more than one other request")
    func never() {
        let queue = Requests()
        _ = queue.add(1, power)
        queue.abandon(1, power)
        _ = queue.add(2, power)
        _ = queue.add(3, power)
        #expect(queue.withdraw(2, power) == 3)
        #expect(queue.answered(power) == [3, nil])
    }

    @Test("who gives up while waiting leaves the order as it is")
    func withdrawn() {
        let queue = Requests()
        _ = queue.add(1, power)
        _ = queue.add(2, power)
        _ = queue.add(3, power)
        #expect(queue.withdraw(2, power) == nil)
        #expect(queue.answered(power) == [1, 3])
        #expect(queue.withdraw(3, power) == nil)
        #expect(queue.isEmpty)
        #expect(queue.withdraw(3, power) == nil)
    }
}
