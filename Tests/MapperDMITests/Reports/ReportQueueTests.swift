// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperDMI

@Suite("What is said next")
struct ReportQueueTests {
    private func id(_ number: Int) -> DeviceID { DeviceID("boiler-\(number)", namespace: "default") }

    private func twins(_ parcel: Parcel?) -> [String: String]? {
        guard case .twins(let twins) = parcel?.content else { return nil }
        return twins.mapValues { $0.message.reported.value }
    }

    private func add(_ queue: inout ReportQueue, _ device: DeviceID, _ values: [String: String], at: Duration) throws {
        let twins = try Dictionary(uniqueKeysWithValues: values.map { ($0, try Samples.twin($0, $1)) })
        queue.change(device) { $0.add(twins, at: at) }
    }

    @Test func oneRequestCarriesEverythingOfADevice() throws {
        var queue = ReportQueue()
        try add(&queue, id(1), ["a": "1", "b": "2"], at: .seconds(1))
        try add(&queue, id(1), ["a": "3"], at: .seconds(2))
        #expect(twins(queue.take(at: .seconds(3))) == ["a": "3", "b": "2"])
        #expect(queue.take(at: .seconds(4)) == nil)
    }

    /// CloudCore loses the first value of each property.
    @Test func everyPropertyIsSentTwice() throws {
        var queue = ReportQueue()
        try add(&queue, id(1), ["a": "1"], at: .zero)
        for round in 1...2 {
            #expect(twins(queue.take(at: .seconds(round))) == ["a": "1"])
            queue.change(id(1)) { $0.delivered(at: .seconds(round)) }
        }
        #expect(queue.take(at: .seconds(9)) == nil)
        #expect(queue.isEmpty)
    }

    @Test func newestValueWins() throws {
        var queue = ReportQueue()
        try add(&queue, id(1), ["a": "1"], at: .zero)
        _ = queue.take(at: .seconds(1))
        try add(&queue, id(1), ["a": "2"], at: .seconds(2))
        queue.change(id(1)) { $0.returned(at: .seconds(3)) }
        #expect(twins(queue.take(at: .seconds(4))) == ["a": "2"])
    }

    @Test func devicesTakeTurns() throws {
        var queue = ReportQueue()
        for number in 1...3 { try add(&queue, id(number), ["a": "1"], at: .seconds(number)) }
        #expect(queue.take(at: .seconds(5))?.device == id(1))
        try add(&queue, id(1), ["a": "2"], at: .seconds(6))
        queue.change(id(1)) { $0.delivered(at: .seconds(6)) }
        #expect(queue.take(at: .seconds(7))?.device == id(2))
        #expect(queue.take(at: .seconds(7))?.device == id(3))
    }

    @Test func newsComesBeforeRepetitionsWhichDoNotStarve() throws {
        var queue = ReportQueue()
        try add(&queue, id(0), ["a": "1"], at: .zero)
        _ = queue.take(at: .seconds(1))
        queue.change(id(0)) { $0.delivered(at: .seconds(1)) }
        var devices: [DeviceID] = []
        for second in 2...6 {
            try add(&queue, id(second), ["a": "1"], at: .seconds(second))
            devices += [queue.take(at: .seconds(second))?.device].compactMap { $0 }
        }
        #expect(devices.first == id(2))
        #expect(devices.contains(id(0)))
        #expect(devices.count == 5)
    }

    @Test func unchangedValuesAreRepetitions() throws {
        var queue = ReportQueue()
        try add(&queue, id(1), ["a": "1"], at: .zero)
        for second in 1...2 {
            _ = queue.take(at: .seconds(second))
            queue.change(id(1)) { $0.delivered(at: .seconds(second)) }
        }
        try add(&queue, id(1), ["a": "1"], at: .seconds(3))
        try add(&queue, id(2), ["a": "1"], at: .seconds(4))
        #expect(queue.take(at: .seconds(5))?.device == id(2))
        #expect(queue.take(at: .seconds(6))?.device == id(1))
    }

    @Test func twoRequestsOfADeviceKeepADistance() throws {
        var queue = ReportQueue()
        try add(&queue, id(1), ["a": "1"], at: .zero)
        _ = queue.take(at: .seconds(1))
        queue.change(id(1)) { $0.delivered(at: .seconds(1)) }
        try add(&queue, id(1), ["a": "2"], at: .seconds(1))
        #expect(queue.take(at: .milliseconds(1100)) == nil)
        #expect(queue.nextUptime == .milliseconds(1200))
        #expect(queue.take(at: .milliseconds(1200)) != nil)
    }

    @Test func statesThatChangeComeBeforeValues() throws {
        var queue = ReportQueue()
        queue.change(id(1)) { $0.set(.online, at: .seconds(1)) }
        try add(&queue, id(2), ["a": "1"], at: .seconds(2))
        queue.change(id(3)) { $0.set(.offline, at: .seconds(3)) }
        let order = (0..<3).map { _ in queue.take(at: .seconds(4))?.device }
        #expect(order == [id(3), id(2), id(1)], "a new device that answers is seen by its values")
        queue.change(id(1)) { $0.delivered(at: .seconds(5)) }
        try add(&queue, id(4), ["a": "1"], at: .seconds(5))
        queue.change(id(1)) { $0.set(.offline, at: .seconds(6)) }
        queue.change(id(1)) { $0.set(.online, at: .seconds(7)) }
        #expect(queue.take(at: .seconds(8))?.device == id(1), "one that is back is news")
    }

    @Test func stateThatDidNotArriveKeepsItsPlace() throws {
        var queue = ReportQueue()
        queue.change(id(1)) { $0.set(.offline, at: .zero) }
        _ = queue.take(at: .seconds(1))
        try add(&queue, id(2), ["a": "1"], at: .seconds(1))
        queue.change(id(1)) { $0.returned(at: .seconds(2)) }
        #expect(queue.take(at: .seconds(3))?.device == id(1))
        queue.change(id(1)) { $0.delivered(at: .seconds(3)) }
        queue.change(id(1)) { $0.repeatState(at: .seconds(3)) }
        try add(&queue, id(0), ["a": "1"], at: .seconds(3))
        #expect(queue.take(at: .seconds(4))?.device == id(2), "what is merely repeated waits")
    }

    @Test func confirmationsComeBeforeOtherValues() throws {
        var queue = ReportQueue()
        for number in 1...9 { try add(&queue, id(number), ["a": "1"], at: .seconds(number)) }
        let confirmation = try Samples.twin("b", "30", observed: "30")
        queue.change(id(9)) { $0.add(["b": confirmation], at: .seconds(10)) }
        let parcel = queue.take(at: .seconds(11))
        #expect(parcel?.device == id(9))
        #expect(twins(parcel) == ["a": "1", "b": "30"])
        queue.change(id(9)) { $0.delivered(at: .seconds(12)) }
        let next = try Samples.twin("b", "31", observed: "30")
        queue.change(id(9)) { $0.add(["b": next], at: .seconds(12)) }
        #expect(queue.take(at: .seconds(13))?.device == id(1), "the same wish is confirmed once")
    }

    @Test func everyFourthRequestIsOrdinaryWhateverElseWaits() throws {
        var queue = ReportQueue()
        for number in 1...6 { try add(&queue, id(number), ["a": "1"], at: .zero) }
        for number in 11...40 { queue.change(id(number)) { $0.set(.offline, at: .zero) } }
        var isOrdinary: [Bool] = []
        while let parcel = queue.take(at: .seconds(isOrdinary.count + 1)) {
            isOrdinary.append(twins(parcel) != nil)
        }
        #expect(isOrdinary.count == 36)
        #expect(isOrdinary.prefix(24).enumerated().allSatisfy { $0.element == ($0.offset % 4 == 3) })
    }

    @Test func statesAreSaidOnce() {
        var queue = ReportQueue()
        queue.change(id(1)) { $0.set(.online, at: .zero) }
        queue.change(id(1)) { $0.set(.online, at: .seconds(1)) }
        #expect(queue.take(at: .seconds(2)) != nil)
        queue.change(id(1)) { $0.delivered(at: .seconds(2)) }
        #expect(queue.take(at: .seconds(3)) == nil)
        queue.change(id(1)) { $0.repeatState(at: .seconds(4)) }
        #expect(queue.take(at: .seconds(5)) != nil)
    }

    @Test func statesThatNobodyTakesKeepNothingWaiting() throws {
        var queue = ReportQueue()
        queue.saysStates = false
        queue.change(id(1)) { $0.set(.offline, at: .zero) }
        #expect(queue.isSettled)
        #expect(queue.take(at: .seconds(1)) == nil)
        try add(&queue, id(1), ["a": "1"], at: .seconds(1))
        #expect(twins(queue.take(at: .seconds(2))) == ["a": "1"])
    }

    @Test func manyPropertiesTakeSeveralRequests() throws {
        var queue = ReportQueue()
        let many = Dictionary(uniqueKeysWithValues: (0..<1200).map { ("p\($0)", "1") })
        try add(&queue, id(1), many, at: .zero)
        var sent: Set<String> = []
        for second in 1...3 {
            let values = try #require(twins(queue.take(at: .seconds(second))))
            #expect(values.count <= 500)
            sent.formUnion(values.keys)
            queue.change(id(1)) { $0.delivered(at: .seconds(second)) }
        }
        #expect(sent.count == 1200)
    }
}
