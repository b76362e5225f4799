// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting
import Testing

@testable import BluetoothDriver

@Suite("A scanner at its socket", .timeLimit(.minutes(1)))
struct HCIScannerTests {
    private let clock = ManualClock()
    private let reports: AsyncStream<[UInt8]>
    private let reportFeed: AsyncStream<[UInt8]>.Continuation
    private let notices: AsyncStream<HCIScanNotice>
    private let noticeFeed: AsyncStream<HCIScanNotice>.Continuation

    init() {
        (reports, reportFeed) = AsyncStream.makeStream()
        (notices, noticeFeed) = AsyncStream.makeStream()
    }

    private func scanner(_ kernel: HCIScriptedKernel) -> HCIScanner {
        HCIScanner(
            descriptor: kernel.client,
            settings: HCIScanSettings(),
            clock: clock,
            report: { [reportFeed] in _ = reportFeed.yield($0) },
            notice: { [noticeFeed] in _ = noticeFeed.yield($0) }
        )
    }

    private func next<Element: Sendable>(_ stream: AsyncStream<Element>) async -> Element? {
        for await element in stream { return element }
        return nil
    }

    /// A kernel whose controller does what it is told; a Bluetooth 5 one refuses the legacy commands.
    private func kernel(refusesLegacy: Bool = false) throws -> HCIScriptedKernel {
        try HCIScriptedKernel { packet in
            let opcode = UInt16(packet[1]) | UInt16(packet[2]) << 8
            return [HCIBytes.complete(opcode, status: refusesLegacy && opcode < 0x2041 ? 0x0C : 0)]
        }
    }

    @Test("it begins, hands out reports and ends what it began")
    func whole() async throws {
        let kernel = try kernel()
        let scanner = scanner(kernel)
        scanner.start()
        for packet in [HCIBytes.legacyOff, HCIBytes.legacyParameters, HCIBytes.legacyOn] {
            #expect(await kernel.next() == packet)
        }
        #expect(await next(notices) == .scanning(.legacy))
        kernel.send(HCIBytes.meta([0x03, 0]))
        kernel.send(HCIBytes.meta(HCIBytes.report))
        #expect(await next(reports) == HCIBytes.report)
        await scanner.stop()
        #expect(await kernel.next() == HCIBytes.legacyOff)
        #expect(await kernel.next() == nil)
    }

    @Test("it falls back to the extended commands")
    func fallback() async throws {
        let kernel = try kernel(refusesLegacy: true)
        let scanner = scanner(kernel)
        scanner.start()
        for packet in [
            HCIBytes.legacyOff, HCIBytes.legacyParameters, HCIBytes.extendedOff, HCIBytes.extendedParameters,
            HCIBytes.extendedOn,
        ] {
            #expect(await kernel.next() == packet)
        }
        #expect(await next(notices) == .scanning(.extended))
        await scanner.stop()
        #expect(await kernel.next() == HCIBytes.extendedOff)
    }

    @Test("a forgotten scanner ends what it began, too")
    func forgotten() async throws {
        let kernel = try kernel()
        var scanner: HCIScanner? = scanner(kernel)
        scanner?.start()
        #expect(await next(notices) == .scanning(.legacy))
        scanner = nil
        for packet in [HCIBytes.legacyOff, HCIBytes.legacyParameters, HCIBytes.legacyOn, HCIBytes.legacyOff] {
            #expect(await kernel.next() == packet)
        }
        #expect(await kernel.next() == nil)
    }

    @Test("silence begins it anew by its clock")
    func watchdog() async throws {
        let kernel = try kernel()
        let scanner = scanner(kernel)
        scanner.start()
        #expect(await next(notices) == .scanning(.legacy))
        // The time for the first answer is still waited for: the alarm is only set forward.
        await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(2))
        await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(28))
        #expect(await next(notices) == .silent(.seconds(30)))
        #expect(await next(notices) == .scanning(.legacy))
        await scanner.stop()
    }

    @Test("it begins anew after an attempt to connect")
    func rearm() async throws {
        let kernel = try kernel()
        let scanner = scanner(kernel)
        scanner.start()
        #expect(await next(notices) == .scanning(.legacy))
        scanner.hold()
        scanner.rearm()
        #expect(await next(notices) == .scanning(.legacy))
        for _ in 0..<2 {
            for packet in [HCIBytes.legacyOff, HCIBytes.legacyParameters, HCIBytes.legacyOn] {
                #expect(await kernel.next() == packet)
            }
        }
        await scanner.stop()
    }

    @Test("an adapter that goes away is told once")
    func gone() async throws {
        let kernel = try kernel()
        let scanner = scanner(kernel)
        scanner.start()
        #expect(await next(notices) == .scanning(.legacy))
        kernel.stop()
        guard case .closed = await next(notices) else {
            Issue.record("not told")
            return
        }
        scanner.rearm()
        await scanner.stop()
        noticeFeed.finish()
        #expect(await next(notices) == nil)
    }
}
