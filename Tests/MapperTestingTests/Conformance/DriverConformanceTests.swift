// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@Suite("Driver conformance", .timeLimit(.minutes(5)))
struct DriverConformanceTests {
    private let field = PlayedField()

    private var options: ConformanceOptions {
        var options = ConformanceOptions()
        options.stepTime = .seconds(5)
        options.reopenings = 20
        options.writesForbiddenValues = true
        options.takeAway = { [field] device in field.takeAway(device.name) }
        options.bringBack = { [field] device in field.bringBack(device.name) }
        return options
    }

    private func run(_ flaw: Flaw? = nil) async throws -> ConformanceReport {
        let profile = PlayedField.profile("north", "south")
        return try await DriverConformance.run(PlayedDriver(field, flaw: flaw), profile: profile, options: options)
    }

    @Test("a right driver keeps every rule, and every rule is tried")
    func right() async throws {
        let report = try await run()
        #expect(report.breaches.isEmpty, "\(report)")
        #expect(report.untried.isEmpty, "\(report)")
        #expect(report.outcomes.map(\.rule) == ConformanceRule.allCases)
        // What was written is what was there before.
        #expect(try field.read("setpoint", at: "north") == .int(180))
        #expect(try field.read("pump", at: "north") == .boolean(true))
    }

    @Test(
        "each flaw is named by the rule that it breaks, and by no other",
        arguments: Flaw.allCases.filter { $0 != .leaksMemory }
    )
    func flaw(_ flaw: Flaw) async throws {
        let report = try await run(flaw)
        #expect(report.breaches.map(\.rule) == [flaw.rule], "\(report)")
        field.bringBack("north")
    }

    /// In a process of its own: a leak is told by the process's memory, which other tests take and give back.
    @Test("a leak of memory is named by its rule, and by no other")
    func leak() async {
        await #expect(processExitsWith: .success) {
            let report = try await DriverConformanceTests().run(.leaksMemory)
            #expect(report.breaches.map(\.rule) == [.memory], "\(report)")
        }
    }

    @Test("each rule is broken by some flaw")
    func everyRule() {
        #expect(Set(Flaw.allCases.map(\.rule)) == Set(ConformanceRule.allCases))
    }

    @Test("a driver that opens nothing has one breach, and the table says why the rest was not tried")
    func unreachable() async throws {
        field.takeAway("north")
        field.takeAway("south")
        let report = try await run()
        #expect(
            report.breaches == [
                ConformanceBreach(
                    .opens,
                    ["device 'north': north does not answer", "device 'south': south does not answer"]
                )
            ]
        )
        let lines = report.description.split(separator: "\n").map(String.init)
        // One line for each rule, one for each sight and each reason.
        #expect(report.untried.count == ConformanceRule.allCases.count - 3, "\(report)")
        #expect(lines.count == ConformanceRule.allCases.count + 2 + report.untried.count)
        #expect(
            lines.contains { $0.hasPrefix("opens            BROKEN     every device is opened at the first attempt") }
        )
        #expect(lines.contains { $0.hasPrefix("order            not tried  results come in the order asked") })
    }

    @Test("nothing is written where nothing may be")
    func withoutWrites() async throws {
        var options = options
        options.writes = .nothing
        let profile = PlayedField.profile("north")
        let driver = PlayedDriver(field, flaw: .swallowsRefusals)
        let report = try await DriverConformance.run(driver, profile: profile, options: options)
        #expect(report.breaches.isEmpty, "\(report)")
        #expect(report[.writes] == .notTried("the options allow no writes"))
        #expect(report[.isolation] == .notTried("the profile has one device only"))
    }

    @Test("a profile that cannot be used is thrown, with its places")
    func complaints() async throws {
        let path = try ScriptedProfile.write(visitor: "scale: 0")
        let failure = await #expect(throws: MapperTestFailure.self) {
            try await DriverConformance.run(ScriptedDriver(), profile: path)
        }
        #expect(failure?.message.contains("a scale of 0 loses the value") == true)
        #expect(failure?.fileID == "MapperTestingTests/DriverConformanceTests.swift")
    }
}
