// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import ModbusDriver

@Suite("The texts of simulated faults")
struct FaultTextTests {
    @Test("each is read, with value, device and occurrence")
    func reading() throws {
        let expected: [(String, SimulatorFault)] = [
            ("latency=20ms", SimulatorFault(effect: .latency(.milliseconds(20) ... .milliseconds(20)))),
            (
                "ns/meter-3:latency=500us..1.5s:10%",
                SimulatorFault(
                    device: "ns/meter-3",
                    effect: .latency(.microseconds(500) ... .milliseconds(1500)),
                    occurrence: .share(0.1)
                )
            ),
            ("late=2%", SimulatorFault(effect: .late(.seconds(1)), occurrence: .share(0.02))),
            ("late=800ms:2%", SimulatorFault(effect: .late(.milliseconds(800)), occurrence: .share(0.02))),
            ("m:silent", SimulatorFault(device: "m", effect: .silence)),
            (
                "m:silent=30s/1m",
                SimulatorFault(device: "m", effect: .silence, occurrence: .periodic(.seconds(30), each: .seconds(60)))
            ),
            ("drop=0.5%", SimulatorFault(effect: .hangUp, occurrence: .share(0.005))),
            ("garble=100%", SimulatorFault(effect: .garble, occurrence: .share(1))),
            ("exception=6:10%", SimulatorFault(effect: .refuse(code: 6), occurrence: .share(0.1))),
            ("limit=60", SimulatorFault(effect: .limit(registers: 60))),
            ("illegal=HoldingRegister 17", SimulatorFault(effect: .illegal(AddressRange(.holding, 17...17)))),
            (
                "illegal=CoilRegister 0-9:5s/10s",
                SimulatorFault(
                    effect: .illegal(AddressRange(.coil, 0...9)),
                    occurrence: .periodic(.seconds(5), each: .seconds(10))
                )
            ),
            ("lacks=InputRegister", SimulatorFault(effect: .lack(.input))),
        ]
        for (text, fault) in expected { #expect(try SimulatorFault(text) == fault, "\(text)") }
        for name in FaultName.allCases { #expect(SimulatorFault.help.contains("\n  \(name.form) "), "\(name)") }
    }

    @Test(
        "every mistake is named with what is allowed",
        arguments: [
            ("", "'' is no fault (latency, late, silent, drop, garble, exception, limit, illegal, lacks are allowed)"),
            (
                "timeout=5%",
                "'timeout' is no fault "
                    + "(latency, late, silent, drop, garble, exception, limit, illegal, lacks are allowed)"
            ),
            ("latency", "'latency' needs a value: latency=TIME[..TIME]"),
            ("latency=20", "'20' is no time up to a day (300us, 20ms, 1.5s, 2m are)"),
            ("latency=80ms..5ms", "'80ms..5ms' is no range: write the shorter time first"),
            ("silent=5", "'silent' takes no value, but '5' is given (silent=5% and silent=20s/60s say when)"),
            ("drop=0%", "'0%' is no share, above 0% and up to 100% is allowed"),
            ("drop=60s/20s", "'60s/20s' is no part of a period: write the shorter time first (20s/60s)"),
            ("exception=12:1%", "'12' is no such code, allowed is 1…11"),
            ("limit=0", "'0' is no such number, allowed is 1…125"),
            ("late=1s:2s", "'2s' is no share of the requests and no part of a period (5%, 20s/60s)"),
            (
                "illegal=Holding 1",
                "'Holding 1' is no range of addresses; write a table (CoilRegister, DiscreteInputRegister, "
                    + "InputRegister, HoldingRegister) and one address, or the first and the last within 0…65535: "
                    + "HoldingRegister 100-119"
            ),
            ("b:silent", "there is no device 'b' (a, ns/c are there)"),
        ]
    )
    func mistakes(text: String, complaint: String) {
        let findings = FaultCheck(texts: [text], devices: [DeviceID("a"), DeviceID("c", namespace: "ns")]).findings
        #expect(findings == [.error(at: nil, "fault '\(text)': \(complaint)")])
        #expect(FaultCheck(texts: ["c:drop", "ns/c:drop"], devices: [DeviceID("c", namespace: "ns")]).findings == [])
    }

    @Test("shares come as often as they say, the same for the same seed; periods end with the fault")
    func occurrence() throws {
        let request = SimulatorRequest([0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1], framing: .tcp)
        func silences(seed: UInt64, _ name: String) throws -> [Bool] {
            var faults = UnitFaults([try SimulatorFault("silent=20%")], seed: seed, name: name)
            return (0..<1000).map { _ in faults.verdict(on: request, at: .zero).reply == .silence }
        }
        let first = try silences(seed: 1, "a")
        #expect((150...250).contains(first.count { $0 }))
        #expect(try silences(seed: 1, "a") == first)
        #expect(try silences(seed: 2, "a") != first)
        #expect(try silences(seed: 1, "b") != first)

        var faults = UnitFaults([try SimulatorFault("exception=6:20s/60s")], seed: 1, name: "a")
        let refused = [0, 39, 40, 59, 60, 99, 100].map {
            faults.verdict(on: request, at: .seconds($0)).reply == .refusal(code: 6)
        }
        #expect(refused == [false, false, true, true, false, false, true])
    }
}
