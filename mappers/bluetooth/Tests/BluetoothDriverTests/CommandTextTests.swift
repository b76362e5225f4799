// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import MapperCommand
import MapperKit
import Testing

@testable import BluetoothDriver
@testable import bluetooth_mapper

@Suite("What the commands print")
struct CommandTextTests {
    private static func survey() throws -> AirReport {
        func advertisement(_ last: UInt8, _ rssi: Int, _ data: AdvertisementData) throws -> Advertisement {
            Advertisement(
                address: try SimulatorMake.address(last),
                kind: .random,
                rssi: rssi,
                isConnectable: true,
                isScanResponse: false,
                isTruncated: false,
                data: data,
                uptime: .zero
            )
        }
        var named = AdvertisementData()
        named.localName = "hall"
        named.serviceUUIDs = [BluetoothUUID(0x180F), BluetoothUUID(0xFFF0)]
        named.manufacturerData = [0x004C: [1, 2]]
        var survey = AirSurvey()
        try survey.hear(advertisement(1, -80, AdvertisementData(service: 0xFCD2, "40 02 66 08")))
        try survey.hear(advertisement(2, -50, named))
        try survey.hear(advertisement(2, -51, AdvertisementData()))
        let sealed = AdvertisementData(service: 0xFCD2, "41 a4 72 66 c9 5f 73 00 11 22 33 78 23 72 14")
        try survey.hear(advertisement(3, -90, sealed))
        return AirReport(adapter: "hci0", peripherals: survey.peripherals, shortfalls: ["no luck"])
    }

    @Test("the table of a scan has the strongest first, with beacons read")
    func table() throws {
        #expect(
            try Self.survey().lines == [
                "address            type           name  dBm  packets  services            beacon               "
                    + "manufacturer data",
                "F0:02:03:04:05:02  random static  hall  -51  2        180f Battery, fff0                       "
                    + "004c Apple 0102",
                "F0:02:03:04:05:01  random static        -80  1        fcd2 BTHome         temperature 21.5 °C",
                "F0:02:03:04:05:03  random static        -90  1        fcd2 BTHome         encrypted (bthome)", "",
                "3 peripherals in reach of hci0",
            ]
        )
    }

    @Test("the JSON of a scan has every value")
    func json() throws {
        let text = try Self.survey().json.description
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let all = try #require(object["peripherals"] as? [[String: Any]])
        #expect(all.map { $0["rssi"] as? Int } == [-51, -80, -90])
        #expect(text.contains(#""beacons":[{"format":"bthome","fields":{"temperature":21.5}}]"#))
        #expect(text.contains(#""manufacturerData":{"0x004c":"0102"}"#))
    }

    @Test("--names leaves those with a name")
    func names() throws {
        let command = try ScanCommand.parse(["--names"])
        #expect(command.chosen(try Self.survey()).peripherals.map(\.name) == ["hall"])
    }

    @Test("the list of an exploration has handles, names, abilities and values")
    func exploration() throws {
        var closed = try ExploreBench.characteristic(BluetoothUUID(0xFFF4), handle: 9)
        closed.reading = .protected("insufficient encryption (ATT error 0x0f)")
        let found = try ExploreBench.exploration([
            ExploreBench.characteristic(BluetoothUUID(0x2A6E), [.read, .notify], value: [0x66, 0x08]), closed,
        ])
        #expect(
            found.lines == [
                "handle  what                        abilities    value",
                "1       181a Environmental Sensing",
                "3         2a6e Temperature          read notify  6608 = 21.5 degree Celsius",
                "9         fff4                      read         wants an encrypted link: insufficient encryption (ATT "
                    + "error 0x0f)", "",
                "1 service, 2 characteristics in F0:02:03:04:05:01 (random)",
                "1 wants an encrypted link: --pair reads it, too",
            ]
        )
    }

    @Test("the doctor's lines have the cure under what is wrong")
    func doctor() {
        let report = DoctorReport(findings: [
            SystemFinding(.fine, "one"), SystemFinding(.warning, "two", cure: "rest"), SystemFinding(.fault, "three"),
        ])
        #expect(report.lines == ["ok: one", "warning: two", "  cure: rest", "error: three"])
        #expect(!report.isHealthy)
        #expect(DoctorReport(findings: [SystemFinding(.warning, "two")]).isHealthy)
        #expect(report.json.description.hasPrefix(#"{"healthy":false,"findings":[{"severity":"ok","finding":"one"},"#))
    }

    @Test(
        "wrong command lines are refused with what is allowed",
        arguments: [
            (["explore"], "Missing expected argument"), (["explore", "BC:6A"], "no address such as"),
            (["explore", "BC:6A:29:AE:CC:96", "--type", "static"], "public, random are allowed"),
            (["explore", "BC:6A:29:AE:CC:96", "--passkey", "1000000"], "0…999999"),
            (["explore", "BC:6A:29:AE:CC:96", "--write", "/dev/null"], "--force replaces it"),
            (["explore", "BC:6A:29:AE:CC:96", "--adapter", "/tmp/ble.sock"], "for read, write and run"),
            (["scan", "--adapter", "/tmp/ble.sock"], "for read, write and run"),
            (["scan", "--seconds", "0"], "1…86400"), (["doctor", "--jsn"], "Unknown option"),
        ]
    )
    func usage(_ line: [String], _ words: String) {
        let commands: [String: any ParsableCommand.Type] = [
            "explore": ExploreCommand.self, "scan": ScanCommand.self, "doctor": DoctorCommand.self,
        ]
        let command = commands[line[0]] ?? DoctorCommand.self
        do {
            _ = try command.parse(Array(line.dropFirst()))
            Issue.record("\(line) is accepted")
        } catch {
            #expect(command.fullMessage(for: error).contains(words))
            #expect(command.exitCode(for: error).rawValue == 64)
        }
    }
}
