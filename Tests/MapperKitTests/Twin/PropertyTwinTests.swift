// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperKit

@Suite("The twin of one property")
struct PropertyTwinTests {
    private let backoff = Backoff(initial: .seconds(1), limit: .seconds(60), jitter: 0)
    private let refresh = Duration.seconds(600)
    private let timestamp = Timestamp(milliseconds: 1)

    private func twin(
        _ type: DataType = .float,
        access: AccessMode = .readWrite,
        range: ValueRange = ValueRange(),
        reportCycle: Duration = .seconds(1)
    ) -> PropertyTwin {
        let model = DeviceModel.Property(name: "p", dataType: type, accessMode: access, range: range)
        return PropertyTwin(Property(model: model, visitor: [:], reportCycle: reportCycle))
    }

    private func reported(_ twin: inout PropertyTwin, at now: Duration) -> String? {
        guard let due = twin.reportUptime(refresh: refresh), due <= now else { return nil }
        return twin.report(now: now)?.text
    }

    @Test("A fresh wish is written at once, and once however often it is repeated")
    func writtenOnce() {
        var twin = twin()
        #expect(twin.desire(DesiredValue("21.5"), now: .zero) == .accepted)
        #expect(twin.step(now: .zero) == .write(.double(21.5)))
        twin.written()
        #expect(twin.desire(DesiredValue("21.5"), now: .seconds(1)) == .repeated)
        #expect(twin.step(now: .seconds(1)) == nil)
        #expect(twin.nextStepUptime == nil)
    }

    @Test("What may be there already is compared first")
    func comparesFirst() {
        var twin = twin()
        _ = twin.desire(DesiredValue("21.5", mayBeSettled: true), now: .zero)
        #expect(twin.step(now: .zero) == .compare(.double(21.5)))
        twin.read(.double(21.5), at: timestamp)
        twin.settle()
        #expect(twin.step(now: .zero) == nil)
        #expect(reported(&twin, at: .zero) == "21.5")
    }

    @Test("A wish for the value last read is compared with the device, not taken as fulfilled")
    func equalToLastReading() {
        var twin = twin()
        twin.read(.double(20), at: timestamp)
        _ = twin.desire(DesiredValue("20.0"), now: .zero)
        #expect(twin.step(now: .zero) == .compare(.double(20)))
        twin.mustWrite()
        #expect(twin.step(now: .zero) == .write(.double(20)))
    }

    @Test("The report repeats the desired text where it means the value that was read")
    func byteEqual() {
        var twin = twin()
        _ = twin.desire(DesiredValue("1.000000"), now: .zero)
        twin.written()
        #expect(reported(&twin, at: .zero) == nil, "nothing was read since the write")
        twin.read(.double(1), at: timestamp)
        #expect(reported(&twin, at: .zero) == "1.000000")
        twin.read(.double(2), at: timestamp)
        #expect(reported(&twin, at: .seconds(1)) == "2", "the device went its own way")
    }

    @Test("A reading from before the write is never reported after it")
    func noFlicker() {
        var twin = twin()
        twin.read(.double(5), at: timestamp)
        #expect(reported(&twin, at: .zero) == "5")
        _ = twin.desire(DesiredValue("6"), now: .seconds(1))
        twin.written()
        #expect(reported(&twin, at: .seconds(2)) == nil)
        twin.read(.double(6), at: timestamp)
        #expect(reported(&twin, at: .seconds(2)) == "6")
    }

    @Test("A failed write is due again with growing pauses, compared first, and is news once")
    func retries() {
        var twin = twin()
        _ = twin.desire(DesiredValue("1"), now: .zero)
        let first = twin.attemptFailed(now: .zero, backoff: backoff)
        #expect(first)
        #expect(twin.step(now: .milliseconds(999)) == nil)
        #expect(twin.step(now: .seconds(1)) == .compare(.double(1)))
        let second = twin.attemptFailed(now: .seconds(1), backoff: backoff)
        #expect(!second)
        #expect(twin.nextStepUptime == .seconds(3))
        for _ in 0..<20 { _ = twin.attemptFailed(now: .seconds(3), backoff: backoff) }
        #expect(twin.nextStepUptime == .seconds(63))
    }

    @Test("The newest wish replaces one that could not be written")
    func newestWins() {
        var twin = twin()
        _ = twin.desire(DesiredValue("1"), now: .zero)
        _ = twin.attemptFailed(now: .zero, backoff: backoff)
        #expect(twin.desire(DesiredValue("2"), now: .milliseconds(10)) == .accepted)
        #expect(twin.step(now: .milliseconds(10)) == .write(.double(2)))
    }

    @Test(
        "What the model does not allow is refused once and never written",
        arguments: [
            ("150", ValueError.Code.outOfRange, AccessMode.readWrite), ("abc", .typeMismatch, .readWrite),
            ("5", .readOnly, .readOnly),
        ]
    )
    func refusals(text: String, code: ValueError.Code, access: AccessMode) {
        var twin = twin(.int, access: access, range: ValueRange(minimum: .int(0), maximum: .int(100)))
        guard case .refused(let error) = twin.desire(DesiredValue(text), now: .zero) else {
            Issue.record("'\(text)' was taken")
            return
        }
        #expect(error.code == code)
        #expect(twin.step(now: .seconds(1000)) == nil)
        #expect(twin.desire(DesiredValue(text), now: .zero) == .repeated)
    }

    @Test("Unchanged values are reported only by the slow refresh, changes at most once a report cycle")
    func cadence() {
        var twin = twin(reportCycle: .seconds(10))
        twin.read(.double(1), at: timestamp)
        #expect(reported(&twin, at: .zero) == "1")
        twin.read(.double(1), at: timestamp)
        #expect(reported(&twin, at: .seconds(599)) == nil)
        #expect(reported(&twin, at: .seconds(600)) == "1")
        twin.read(.double(2), at: timestamp)
        #expect(reported(&twin, at: .seconds(603)) == nil)
        #expect(twin.holdsChange)
        twin.read(.double(3), at: timestamp)
        #expect(reported(&twin, at: .seconds(609)) == "3")
    }

    @Test("A withdrawn wish can be made again")
    func cleared() {
        var twin = twin()
        _ = twin.desire(DesiredValue("1"), now: .zero)
        twin.written()
        twin.clearDesired()
        #expect(twin.desire(DesiredValue("1"), now: .seconds(1)) == .accepted)
    }

    @Test("A withdrawn wish is no longer confirmed, and the edge is told so at once")
    func clearedIsSaid() {
        var twin = twin()
        _ = twin.desire(DesiredValue("1"), now: .zero)
        twin.written()
        twin.read(.double(1), at: timestamp)
        #expect(twin.report(now: .zero)?.observedDesired == "1")
        #expect(twin.reportUptime(refresh: refresh) != .zero)
        twin.clearDesired()
        #expect(twin.reportUptime(refresh: refresh) == .zero)
        #expect(twin.report(now: .zero)?.observedDesired == nil)
        twin.clearDesired()
        #expect(twin.reportUptime(refresh: refresh) != .zero)
    }

    @Test("The observed desired value is the last one applied")
    func observedDesired() {
        var twin = twin()
        twin.read(.double(5), at: timestamp)
        #expect(twin.report(now: .zero)?.observedDesired == nil)
        _ = twin.desire(DesiredValue("6"), now: .zero)
        #expect(twin.report(now: .zero)?.observedDesired == nil)
        twin.written()
        twin.read(.double(6), at: timestamp)
        #expect(twin.report(now: .zero)?.observedDesired == "6")
    }

    @Test("Beside the edge's text a report carries the value in plain words")
    func fallbackText() {
        var twin = twin(.boolean)
        _ = twin.desire(DesiredValue("1"), now: .zero)
        twin.written()
        twin.read(.boolean(true), at: timestamp)
        let report = twin.report(now: .zero)
        #expect(report?.text == "1")
        #expect(report?.fallbackText == "true")
    }

    @Test("A newer model judges the wish anew; the same model keeps it settled")
    func update() {
        var twin = twin(.int)
        _ = twin.desire(DesiredValue("50"), now: .zero)
        twin.written()
        #expect(twin.update(twin.property, now: .zero) == .repeated)
        #expect(twin.step(now: .zero) == nil)
        var newer = twin.property
        newer.model.range = ValueRange(maximum: .int(10))
        guard case .refused(let error) = twin.update(newer, now: .zero) else {
            Issue.record("50 is above the new limit")
            return
        }
        #expect(error.code == .outOfRange)
    }

    @Test("What was applied at another place is compared with the new one, and what was read there is not reported")
    func moved() {
        for isElsewhere in [true, false] {
            var twin = twin(.int)
            _ = twin.desire(DesiredValue("50"), now: .zero)
            twin.written()
            twin.read(.int(50), at: timestamp)
            var newer = twin.property
            if !isElsewhere { newer.visitor = ["address": 7] }
            #expect(twin.update(newer, isElsewhere: isElsewhere, now: .zero) == .accepted)
            #expect(twin.step(now: .zero) == .compare(.int(50)))
            #expect(reported(&twin, at: .zero) == nil)
        }
    }

    @Test("A number within the deadband waits; a drift is reported once it is further than that from the last report")
    func deadband() {
        var twin = twin()
        twin.deadband = 0.5
        twin.read(.double(20), at: timestamp)
        #expect(reported(&twin, at: .zero) == "20")
        for (second, value) in [(10, 20.2), (20, 20.4), (30, 20.5), (40, 19.5)] {
            twin.read(.double(value), at: timestamp)
            #expect(reported(&twin, at: .seconds(second)) == nil, "\(value)")
            #expect(!twin.holdsChange)
        }
        twin.read(.double(20.6), at: timestamp)
        #expect(twin.holdsChange)
        #expect(reported(&twin, at: .seconds(50)) == "20.6")
        twin.read(.double(20.3), at: timestamp)
        #expect(reported(&twin, at: .seconds(60)) == nil)
        #expect(reported(&twin, at: .seconds(650)) == "20.3", "the refresh says what is")
    }

    @Test(
        "As far as the deadband is not further, whatever binary makes of it",
        arguments: [
            (PropertyValue.double(21.5), PropertyValue.double(21.6), 0.1, false),
            (.double(21.5), .double(21.61), 0.1, true),
            (.int(.min), .int(.max), 1e18, true), (.int(9_007_199_254_740_993), .int(9_007_199_254_740_994), 1, false),
            (.int(5), .int(8), 2.5, true), (.string("a"), .string("b"), 1, true),
        ]
    )
    func deadbandEdge(last: PropertyValue, next: PropertyValue, deadband: Double, isNews: Bool) {
        #expect(next.differs(from: last, byMoreThan: deadband) == isNews)
        #expect(last.differs(from: next, byMoreThan: deadband) == isNews)
    }

    @Test("What is read back after a write is reported exactly, however small the step")
    func deadbandAndDesired() {
        var twin = twin()
        twin.deadband = 5
        twin.read(.double(20), at: timestamp)
        #expect(reported(&twin, at: .zero) == "20")
        _ = twin.desire(DesiredValue("20.50"), now: .seconds(1))
        twin.written()
        twin.read(.double(20.5), at: timestamp)
        #expect(reported(&twin, at: .seconds(1)) == "20.50")
        twin.read(.double(20.6), at: timestamp)
        #expect(reported(&twin, at: .seconds(9)) == nil)
    }
}
