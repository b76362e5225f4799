// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Simulation: faults")
struct SimulationFaultTests {
    @Test("each is read, with value, device and time")
    func reading() throws {
        let expected: [(String, SimulatorFault)] = [
            ("silent", SimulatorFault(effect: .silent)),
            ("ns/tag:slow=300ms", SimulatorFault(device: "ns/tag", effect: .slow(.milliseconds(300)))),
            ("refuse=3", SimulatorFault(effect: .refuse(3))), ("shift=4", SimulatorFault(effect: .shift(4))),
            ("error=0e 2a19", SimulatorFault(effect: .error(BluetoothUUID(0x2A19), 0x0E))),
            (
                "tag:absent=20s/1m",
                SimulatorFault(device: "tag", effect: .absent, occurrence: .periodic(.seconds(20), each: .seconds(60)))
            ),
            (
                "lose=40s/80s",
                SimulatorFault(effect: .lose, occurrence: .periodic(.seconds(40), each: .seconds(80)))
            ),
            (
                "slow=1s:5s/10s",
                SimulatorFault(effect: .slow(.seconds(1)), occurrence: .periodic(.seconds(5), each: .seconds(10)))
            ),
        ]
        for (text, fault) in expected { #expect(try SimulatorFault(text) == fault, "\(text)") }
        for name in FaultName.allCases { #expect(BluetoothDriver.faultHelp.contains("\n  \(name.form) "), "\(name)") }
    }

    @Test("the help's lines fit a terminal, and each word of them is understood")
    func help() {
        for line in SimulatorCommand.help.split(separator: "\n") { #expect(line.count < 80, "\(line)") }
        let operands = [
            "DEVICE": "F0:02:03:04:05:01", "UUID": "2a19", "HEX": "57", "CODE": "0e", "COUNT": "1", "DBM": "-70",
            "MILLISECONDS": "20", "MINIMUM": "6", "MAXIMUM": "12", "LATENCY": "0", "TIMEOUT": "100",
        ]
        for (form, _) in SimulatorCommand.forms {
            let line = form.split(separator: " ").map { operands[String($0)] ?? String($0) }.joined(separator: " ")
            #expect(SimulatorCommand(line) != nil, "\(line)")
        }
    }

    @Test(
        "every mistake is named with what is allowed",
        arguments: [
            ("drop", "'drop' is no fault (lose, refuse, silent, slow, absent, error, shift are allowed)"),
            ("lose", "'lose' needs a period: lose=1s/60s loses the link after 59 s, each minute"),
            ("slow=5", "'5' is no time up to a day (300us, 20ms, 1.5s, 2m are)"),
            ("refuse", "'refuse' needs a value: refuse=COUNT"),
            ("error=0e", "'0e' is no code and characteristic (0e 2a19)"),
            ("silent=60s/20s", "'60s/20s' is no part of a period: write the shorter time first (20s/60s)"),
            ("silent=5%", "'5%' is no part of a period (20s/60s)"),
            ("error=0e 2a1c", "no property of any device is in characteristic 2a1c"),
            ("other:silent", "there is no device 'other' (tag are there)"),
        ]
    )
    func mistakes(text: String, message: String) throws {
        let device = try SimulationMake.device("tag", ["name": "Tag"], SimulationMake.properties)
        #expect(
            BluetoothDriver().check(SimulationOptions(faults: [text]), for: [device]).map(\.message) == [
                "fault '\(text)': \(message)"
            ]
        )
    }

    @Test("options of other protocols are refused, all at once")
    func strangers() throws {
        let device = try SimulationMake.device("tag", ["name": "Tag"], SimulationMake.properties)
        let options = SimulationOptions(port: 1, isPaced: true, requestLog: "/x", identifiesPlaces: true)
        let findings = BluetoothDriver().check(options, for: [device]).map(\.message)
        #expect(findings.count == 4)
        #expect(findings.first?.hasPrefix("'--port': Bluetooth has no ports") == true)
    }

    @Test("a fault begins and ends in its time")
    func times() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.schedule = try ["silent=20s/60s", "absent=10s/60s"].map { ScheduledFault(try SimulatorFault($0)) }
        let states: [(Int, Bool, Bool)] = [
            (0, false, true), (39, false, true), (40, true, true), (55, true, false), (60, false, true),
        ]
        for (second, isSilent, isPresent) in states {
            peripheral.runFaults(to: .seconds(second))
            #expect(peripheral.faults.isSilent == isSilent, "at \(second) s")
            #expect(peripheral.isPresent == isPresent, "at \(second) s")
        }
        #expect(peripheral.nextFault(after: .seconds(60)) == .seconds(100))
        #expect(peripheral.nextFault(after: .seconds(105)) == .seconds(110))
    }
}
