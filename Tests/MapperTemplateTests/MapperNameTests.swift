// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MapperTemplate

@Suite struct MapperNameTests {
    @Test(arguments: [
        ("Thermostat", "thermostat"), ("HeatPump", "heat-pump"), ("HTTPMeter", "http-meter"), ("OPCUA", "opcua"),
        ("Sht20Sensor", "sht20-sensor"), ("X", "x"), ("A1B2", "a1-b2"), ("MeterV2", "meter-v2"),
        ("Screwdriver", "screwdriver"),
    ])
    func `Names make the names of programs`(name: String, hyphenated: String) throws {
        let name = try MapperName(name)
        #expect(name.hyphenated == hyphenated)
        #expect(name.program == hyphenated + "-mapper")
    }

    @Test(arguments: [
        ("", "it is empty"),
        ("heat-pump", "it holds a hyphen, write 'HeatPump'"),
        ("Heat-Pump", "it holds a hyphen, write 'HeatPump'"),
        ("Heat Pump", "it holds a space, write 'HeatPump'"),
        (" ", "it holds a space;"),
        ("heat_pump", "it holds '_', write 'HeatPump'"),
        ("thermostat", "it starts with a small letter, write 'Thermostat'"),
        ("class", "it starts with a small letter, write 'Class'"),
        ("3Phase", "it starts with a digit;"),
        ("Wärmepumpe", "it holds 'ä';"),
        ("Pumpe\u{301}", "it holds 'é';"),
        ("Heat\nPump", "it holds '\\u{a}', write 'HeatPump'"),
        ("../Heat", "it holds '.', write 'Heat'"),
        ("devices/HeatPump", "it holds '/', and '--directory' says where the mapper goes, write 'HeatPump'"),
        ("devices\\HeatPump", "it holds '\\', and '--directory' says where the mapper goes, write 'HeatPump'"),
        ("Self", "it is a word of Swift's own"),
        ("Any", "it is a word of Swift's own"),
        ("MapperKit", "it is the name of a module"),
        ("Foundation", "it is the name of a module"),
        ("Testing", "it is the name of a module"),
        ("Template", "MapperKit has 'TemplateDriver' itself"),
        ("Modbus", "MapperKit has 'ModbusDriver' itself"),
        ("Device", "'DeviceDriver' or 'DeviceSession' is the name of a type"),
        ("HeatPumpMapper", "'Mapper' is put behind it where it belongs, write 'HeatPump'"),
        ("HeatPumpDriver", "'Driver' is put behind it where it belongs, write 'HeatPump'"),
        ("heat-pump-mapper", "it holds a hyphen, write 'HeatPump'"),
        ("Mapper", "'Mapper' is put behind it where it belongs;"),
        ("IndustrialRefrigerationCompressorNo1", "") /* 36 */,
        ("IndustrialRefrigerationCompressorNo12", "it has 37 characters;"),
    ])
    func `Other names are refused, with what to write instead where there is something near`(
        name: String,
        problem: String
    ) {
        guard !problem.isEmpty else {
            #expect(throws: Never.self) { try MapperName(name) }
            return
        }
        let error = #expect(throws: NewMapperError.self) { try MapperName(name) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains(problem) == true, "\(error as Any)")
        #expect(error?.message.hasSuffix(NameRules.allowed) == true)
    }

    @Test func `What is said to be written instead can be taken`() throws {
        for name in ["heat-pump", "heat pump", "thermostat", "a/b/c", "x-driver", "HeatPumpMapperDriver", "__a"] {
            let correction = try #require(NameRules.correction(of: name), "\(name)")
            #expect(throws: Never.self) { try MapperName(correction) }
        }
        for name in ["", "---", "modbus", "any", "device", "123", "mapper"] {
            #expect(NameRules.correction(of: name) == nil, "\(name)")
        }
    }

    /// The longest names there can be still fit into a label of Kubernetes.
    @Test func `Programs' names fit where Kubernetes puts them`() throws {
        let longest = try MapperName(String(repeating: "Ab", count: MapperName.limit / 2))
        #expect(longest.program.count <= 63)
    }

    /// A type of MapperKit's would be hidden by one of the mapper's, or mistaken for it.
    @Test func `No name makes a type that MapperKit has`() throws {
        let sources = try ["Sources/MapperKit", "Sources/MapperCommand", "Sources/MapperTesting"].flatMap(
            Checkout.sources
        )
        let types = sources.flatMap { text in
            text.matches(
                of: /public (?:final )?(?:struct|class|enum|protocol|actor|typealias) (\w+?)(?:Driver|Session|Mapper)\b/
            )
            .map { String($0.1) }
        }
        #expect(Set(types).isSuperset(of: ["Device", "Pushing", "Scripted"]))
        for prefix in types { #expect(throws: NewMapperError.self, "\(prefix)") { try MapperName(prefix) } }
    }

    /// SwiftPM wants the targets of all packages to have names of their own.
    @Test func `No name makes a target that this package has`() throws {
        let manifest = try String(contentsOf: Checkout.root.appending(path: "Package.swift"), encoding: .utf8)
        // The tutorial's driver has the name that its readers give theirs: no product has it, so SwiftPM does not see it
        // from other packages.
        let targets = manifest.matches(of: /name: "(\w+)Driver"/).map { String($0.1) }.filter { $0 != "Thermostat" }
        #expect(Set(targets) == ["Bluetooth", "Modbus", "Template"])
        for name in targets + targets.map({ $0.uppercased() }) {
            #expect(throws: NewMapperError.self) { try MapperName(name) }
        }
    }
}
