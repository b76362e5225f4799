// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

/// Drives the scan through what controllers, the kernel and others do to it.
@Suite("A passive scan")
struct HCIScanTests {
    /// Lets expectations change the scan.
    private final class Bench {
        private var scan = HCIScan(HCIScanSettings())
        var now = Duration.zero
        var deadline: Duration? { scan.deadline }

        func start() -> [HCIScan.Action] { scan.start(now) }
        func hold() -> [HCIScan.Action] { scan.hold(now) }
        func rearm() -> [HCIScan.Action] { scan.rearm(now) }
        func disturb() -> [HCIScan.Action] { scan.disturb(now) }
        func resume() -> [HCIScan.Action] { scan.resume(now) }
        func stop() -> [HCIScan.Action] { scan.stop() }
        func notSent(_ error: BluetoothErrno) -> [HCIScan.Action] { scan.notSent(error, now) }
        func receive(_ packet: [UInt8]) -> [HCIScan.Action] { scan.receive(packet, now) }

        /// Goes to the deadline.
        func wait() -> [HCIScan.Action] {
            now = scan.deadline ?? now
            return scan.timePassed(now)
        }

        /// Answers until it scans.
        func run(_ opcodes: [UInt16] = [0x200C, 0x200B, 0x200C]) {
            for opcode in opcodes { _ = receive(HCIBytes.complete(opcode)) }
        }
    }

    private let legacyOff = HCIScan.Action.send(HCIDialect.legacy.enable(false))
    private let legacyOn = HCIScan.Action.send(HCIDialect.legacy.enable(true))
    private let legacyParameters = HCIScan.Action.send(HCIDialect.legacy.parameters(HCIScanSettings()))
    private let extendedOff = HCIScan.Action.send(HCIDialect.extended.enable(false))
    private let extendedOn = HCIScan.Action.send(HCIDialect.extended.enable(true))
    private let extendedParameters = HCIScan.Action.send(HCIDialect.extended.parameters(HCIScanSettings()))

    @Test("ends an old one, sets the parameters, begins, and listens only to reports then")
    func begin() {
        let scan = Bench()
        #expect(scan.deadline == nil)
        #expect(scan.start() == [.listenToAnswers, legacyOff])
        #expect(scan.receive(HCIBytes.complete(0x200C)) == [legacyParameters])
        #expect(scan.receive(HCIBytes.complete(0x200B)) == [legacyOn])
        #expect(scan.receive(HCIBytes.complete(0x200C)) == [.listenToReports, .tell(.scanning(.legacy))])
        #expect(scan.receive(HCIBytes.meta(HCIBytes.report)) == [.report(HCIBytes.report)])
        #expect(scan.stop() == [legacyOff])
        #expect(scan.stop() == [])
        #expect(scan.receive(HCIBytes.meta(HCIBytes.report)) == [])
    }

    @Test("a controller that will not end what is not going on is no reason to give up")
    func nothingToEnd() {
        let scan = Bench()
        _ = scan.start()
        #expect(scan.receive(HCIBytes.complete(0x200C, status: 0x0C)) == [legacyParameters])
    }

    @Test("answers to others' commands change nothing")
    func others() {
        let scan = Bench()
        _ = scan.start()
        for packet in [HCIBytes.complete(0x200B), HCIBytes.complete(0x0C03), HCIBytes.complete(0), [1, 2], []] {
            #expect(scan.receive(packet) == [])
        }
        #expect(scan.receive(HCIBytes.complete(0x200C)) == [legacyParameters])
    }

    @Test("the extended commands are used where the legacy ones are refused", arguments: [0x0C, 0x01] as [UInt8])
    func fallback(status: UInt8) {
        let scan = Bench()
        _ = scan.start()
        _ = scan.receive(HCIBytes.complete(0x200C, status: status))
        #expect(scan.receive(HCIBytes.complete(0x200B, status: status)) == [extendedOff])
        #expect(scan.receive(HCIBytes.complete(0x2042)) == [extendedParameters])
        #expect(scan.receive(HCIBytes.complete(0x2041)) == [extendedOn])
        #expect(scan.receive(HCIBytes.complete(0x2042)) == [.listenToReports, .tell(.scanning(.extended))])
        #expect(scan.rearm() == [.listenToAnswers, extendedOff])
        scan.run([0x2042, 0x2041, 0x2042])
        #expect(scan.stop() == [extendedOff])
    }

    @Test("a controller that refuses both is asked again after growing pauses")
    func bothRefused() {
        let scan = Bench()
        _ = scan.start()
        var pauses: [Duration] = []
        for _ in 0..<7 {
            for _ in 0..<2 {
                _ = scan.receive(HCIBytes.complete(0x200C))
                _ = scan.receive(HCIBytes.complete(0x2042))
                _ = scan.receive(HCIBytes.complete(0x200B, status: 0x0C))
                _ = scan.receive(HCIBytes.complete(0x2041, status: 0x0C))
            }
            pauses.append((scan.deadline ?? .zero) - scan.now)
            #expect(scan.wait().count == 2)
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
    }

    @Test("a refusal for another reason is told and tried again with the same commands")
    func refused() {
        let scan = Bench()
        _ = scan.start()
        _ = scan.receive(HCIBytes.complete(0x200C))
        let notice = HCIScanNotice.refused(opcode: 0x200B, status: 0x12, retryAfter: .seconds(1))
        #expect(scan.receive(HCIBytes.complete(0x200B, status: 0x12)) == [.tell(notice)])
        #expect(scan.wait() == [.listenToAnswers, legacyOff])
    }

    @Test("no answer is told and tried again")
    func unanswered() {
        let scan = Bench()
        _ = scan.start()
        #expect(scan.deadline == .seconds(2))
        let notice = HCIScanNotice.unanswered(opcode: 0x200C, retryAfter: .seconds(1))
        #expect(scan.wait() == [.tell(notice)])
        #expect(scan.wait() == [.listenToAnswers, legacyOff])
        #expect(scan.now == .seconds(3))
    }

    @Test("a command that the socket does not take is told and tried again")
    func notSent() {
        let scan = Bench()
        _ = scan.start()
        let down = BluetoothErrno(100)
        #expect(scan.notSent(down) == [.tell(.notSent(down, retryAfter: .seconds(1)))])
        #expect(scan.wait() == [.listenToAnswers, legacyOff])
    }

    @Test("silence begins it anew, each report puts that off")
    func watchdog() {
        let scan = Bench()
        _ = scan.start()
        scan.run()
        #expect(scan.deadline == .seconds(30))
        scan.now = .seconds(20)
        _ = scan.receive(HCIBytes.meta(HCIBytes.report))
        #expect(scan.deadline == .seconds(50))
        scan.now = .seconds(49)
        // A connection that comes about is no report.
        #expect(scan.receive(HCIBytes.meta([0x01, 0])) == [])
        #expect(scan.wait() == [.tell(.silent(.seconds(30))), .listenToAnswers, legacyOff])
    }

    @Test("a moment after somebody begins to connect it begins anew, and again when that has ended")
    func disturbed() {
        let scan = Bench()
        _ = scan.start()
        scan.run()
        scan.now = .seconds(10)
        #expect(scan.disturb() == [])
        #expect(scan.deadline == .seconds(10) + .milliseconds(300))
        #expect(scan.wait() == [.listenToAnswers, legacyOff])
        scan.run()
        #expect(scan.resume() == [.listenToAnswers, legacyOff])
        scan.run()
        // Discovery is not disturbed by those who wait for its end to connect.
        _ = scan.hold()
        #expect(scan.disturb() == [])
        #expect(scan.resume() == [])
        #expect(scan.rearm() == [.listenToAnswers, legacyOff])
    }

    @Test("it keeps away while others discover, and begins anew after the last of them")
    func discoveries() {
        let scan = Bench()
        _ = scan.start()
        scan.run()
        #expect(scan.hold() == [])
        #expect(scan.hold() == [])
        scan.now = .seconds(40)
        #expect(scan.receive(HCIBytes.meta(HCIBytes.report)) == [.report(HCIBytes.report)])
        #expect(scan.rearm() == [])
        #expect(scan.rearm() == [.listenToAnswers, legacyOff])
        scan.run()
        #expect(scan.deadline == .seconds(70))
    }

    @Test("beginning is broken off when somebody discovers")
    func brokenOff() {
        let scan = Bench()
        _ = scan.start()
        _ = scan.hold()
        #expect(scan.receive(HCIBytes.complete(0x200C)) == [])
        #expect(scan.rearm() == [.listenToAnswers, legacyOff])
    }

    @Test("a discovery whose end is never announced does not end scanning for good")
    func forgotten() {
        let scan = Bench()
        _ = scan.start()
        scan.run()
        _ = scan.hold()
        #expect(scan.wait() == [.listenToAnswers, legacyOff])
        #expect(scan.now == .seconds(60))
        scan.run()
        // The late announcement is as good as any.
        #expect(scan.rearm() == [.listenToAnswers, legacyOff])
    }

    @Test("discoveries that overlap for ever do not end scanning for good")
    func overlapping() {
        let scan = Bench()
        _ = scan.start()
        scan.run()
        _ = scan.hold()
        for second in 1...11 {
            scan.now = .seconds(second * 5)
            _ = scan.hold()
            #expect(scan.rearm() == [])
        }
        #expect(scan.deadline == .seconds(60))
        #expect(scan.wait() == [.listenToAnswers, legacyOff])
    }

    @Test("announcements before the beginning and after the end do nothing")
    func stopped() {
        let scan = Bench()
        #expect(scan.hold() == [])
        #expect(scan.rearm() == [])
        _ = scan.start()
        _ = scan.stop()
        #expect(scan.rearm() == [])
        #expect(scan.deadline == nil)
        #expect(scan.notSent(BluetoothErrno(100)) == [])
    }
}
