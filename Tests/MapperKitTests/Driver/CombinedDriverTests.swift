// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting
import Synchronization
import Testing

@testable import MapperKit

@Suite("Drivers combined to one", .timeLimit(.minutes(2)))
struct CombinedDriverTests {
    private func place(_ line: Int, _ column: Int = 1) -> MapperKit.SourceLocation {
        MapperKit.SourceLocation(file: "p.yaml", line: line, column: column)
    }

    /// A group whose keys stand one a line, from a line on.
    private func group(_ line: Int, _ entries: (String, ConfigNode)...) -> ConfigNode {
        let lines = entries.enumerated().map { offset, entry in
            ConfigNode.Entry(
                entry.0,
                at: place(line + offset),
                ConfigNode(entry.1.content, at: place(line + offset, 10))
            )
        }
        return ConfigNode(.mapping(lines), at: place(line))
    }

    private func device(
        _ name: String,
        _ protocolName: String,
        _ config: ConfigNode,
        _ properties: Property...,
        methods: [DeviceMethod] = []
    ) -> DeviceInstance {
        DeviceInstance(
            id: DeviceID(name),
            modelName: "model",
            protocolName: protocolName,
            protocolConfig: config,
            properties: properties,
            methods: methods
        )
    }

    @Test("What is wrong with a device is said by its own driver, with place, and of its own keys")
    func complaints() {
        let profile = DeviceProfile(devices: [
            device("a", "scripted", group(1, ("adress", "x")), .scripted("p", visitor: group(2, ("scale", 0)))),
            device("b", "CUP", group(4, ("shelf", "top")), .scripted("p", visitor: group(6, ("mark", 1), ("scal", 2)))),
            device("c", "cup", group(8, ("shelf", 12)), .scripted("p", visitor: group(9, ("mark", "m")))),
            device("d", "other", [:]),
        ])
        let (devices, diagnostics) = DriverBinding(CombinedDriver(ScriptedDriver(), CupDriver())).bind(profile)
        #expect(devices.isEmpty)
        #expect(
            diagnostics.map(\.description) == [
                "p.yaml:1:1: warning: device 'a': unknown key 'adress', did you mean 'address'? (address is allowed)",
                "p.yaml:2:10: error: a scale of 0 loses the value",
                "p.yaml:4:10: error: device 'b': 'shelf' must be a whole number, not 'top'",
                "p.yaml:7:1: warning: property 'p' of device 'b': unknown key 'scal', did you mean 'scale'? "
                    + "(mark, scale are allowed)",
                "p.yaml:8:10: error: there are 10 shelves",
            ]
        )
    }

    @Test("Findings about devices together come from each driver about its own; numbers are made as it says")
    func fleet() throws {
        let driver = CombinedDriver(CupDriver(), ScriptedDriver())
        let cups = ["a", "b", "c"].map { device($0, "cup", ["shelf": 1]) }
        let scripted = device("s", "scripted", [:], .scripted("p", visitor: ["scale": 0.5, "deadband": 2]))
        let bound = DriverBinding(driver).bind(DeviceProfile(devices: cups + [scripted]))
        #expect(bound.devices.count == 4)
        #expect(bound.diagnostics.map(\.message) == ["3 cups are a crowd"])
        let visitor = try #require(bound.devices.last?.visitors.first)
        #expect(driver.transform(for: visitor.config).scale == 0.5)
        #expect(driver.deadband(for: visitor.config) == 2)
        #expect(driver.deadband(for: .first(CupDriver.VisitorConfig(mark: "m"))) == 0.25)
    }

    @Test("Combinations can be combined again, of the same types too")
    func nested() {
        let inner = CombinedDriver(CupDriver(), ScriptedDriver())
        let twins = CombinedDriver(CupDriver(protocolNames: ["glass"]), CupDriver(protocolNames: ["mug", "bowl"]))
        let driver = CombinedDriver(twins, inner)
        #expect(driver.protocolNames == ["glass", "mug", "bowl", "cup", "scripted"])
        #expect(driver.protocols == [["glass"], ["mug", "bowl"], ["cup"], ["scripted"]])
        let names = ["glass", "bowl", "cup"]
        let profile = DeviceProfile(
            devices: names.map { device($0, $0, ["shelf": 20]) } + [device("s", "scripted", [:], .scripted("x"))]
        )
        let (devices, diagnostics) = DriverBinding(driver).bind(profile)
        #expect(devices.map(\.id.name) == ["s"])
        #expect(diagnostics.map(\.message) == Array(repeating: "there are 10 shelves", count: 3))
    }

    @Test("Two drivers that know one name, in whatever case, cannot be combined")
    func commonName() async {
        #expect(CombinedDriver.commonNames(CupDriver(), CupDriver(protocolNames: ["x", "Cup"])) == ["cup"])
        await #expect(processExitsWith: .failure) { _ = CombinedDriver(CupDriver(), CupDriver()) }
    }

    @Test("A configuration is decoded by nobody who does not know whose it is")
    func withoutBinding() {
        let outcome = ConfigDecoder.decode(
            CombinedConfig<CupDriver.ProtocolConfig, ScriptedDriver.ProtocolConfig>.self,
            from: ["shelf": 1],
            subject: "device"
        )
        #expect(outcome.value == nil)
        #expect(outcome.diagnostics.map(\.message).first?.contains("nobody has said which driver this is for") == true)
    }

    @Test("A mapper reads and writes devices of both, and takes what they say by themselves")
    func running() async throws {
        let (cups, scripted) = (CupDriver(), ScriptedDriver())
        let (edge, log) = (InMemoryEdge(), RecordedLog())
        cups.levels.values.withLock { $0 = ["m": .int(3)] }
        let pushing = scripted[DeviceID("s")]
        pushing.set("x", .int(1))
        pushing.set("y", .int(2))
        pushing.readInPortions(of: 1)
        let mapper = Mapper(driver: CombinedDriver(cups, scripted), link: edge, logger: log.logger)
        let run = Task { try await mapper.run() }
        defer { run.cancel() }
        edge.send(
            device("c", "cup", ["shelf": 1], .scripted("p", visitor: ["mark": "m", "scale": 2])),
            device("s", "scripted", [:], .scripted("x", cycle: .seconds(600)), .scripted("y", cycle: .seconds(600)))
        )
        try await edge.waitForReport(DeviceID("c"), "p") { $0.text == "6" }
        try await edge.waitForReport(DeviceID("s"), "y") { $0.text == "2" }
        #expect(pushing.batches.prefix(2).map(\.count) == [1, 1])
        edge.desire(DeviceID("c"), ["p": "10"])
        edge.desire(DeviceID("s"), ["x": "7"])
        try await edge.waitForReport(DeviceID("c"), "p") { $0.text == "10" }
        #expect(cups.levels.values.withLock { $0["m"]?.number } == 5)
        try await edge.waitForReport(DeviceID("s"), "x") { $0.text == "7" }
        try await pushing.waitForListener()
        pushing.say(.sample(property: "y", Sample(.int(99))))
        try await edge.waitForReport(DeviceID("s"), "y") { $0.text == "99" }
        run.cancel()
        try await run.value
        #expect(!pushing.isOpen)
        #expect(pushing.overlaps == 0)
    }

    @Test("A session gives way, and calls methods, as the device's own does")
    func session() async throws {
        let (cups, scripted) = (CupDriver(), ScriptedDriver())
        let driver = CombinedDriver(scripted, cups)
        let device = scripted[DeviceID("s")]
        device.queueReadings(of: "x")
        let bound = DriverBinding(driver).bind(
            DeviceProfile(devices: [
                self.device("s", "scripted", [:], .scripted("x")),
                self.device("c", "cup", ["shelf": 1], .scripted("p", visitor: ["mark": "m"])),
            ])
        )
        let session = try await driver.open(bound.devices[0])
        async let results = session.read(bound.devices[0].visitors)
        try await device.waitForQueuedReading()
        session.giveWay()
        #expect(await results.map { result in (try? result.get()) == nil } == [true])
        let method = DeviceMethod(name: "fill", propertyNames: ["x", "p"])
        try await session.carryOut(method, with: .int(4), on: bound.devices[0].visitors[0])
        #expect(device.writes == [ScriptedDevice.Write("x", .int(4))])
        await session.close()
        #expect(!device.isOpen)
        let cup = try await driver.open(bound.devices[1])
        try await cup.carryOut(method, with: .int(5), on: bound.devices[1].visitors[0])
        #expect(cups.levels.values.withLock { $0["m"] } == .int(5))
        await #expect(throws: DeviceError.self) { try await cup.write(.int(1), to: bound.devices[0].visitors[0]) }
    }

    // MARK: What only some drivers can do

    private typealias Cups = CombinedDriver<CupDriver, CupDriver>

    private let cups = Cups(CupDriver(), CupDriver(protocolNames: ["mug"]))

    @Test("It finds devices and plays them if both drivers do")
    func conformances() {
        func finds(_ driver: Any.Type) -> Bool { driver is any DeviceDiscovering.Type }
        func plays(_ driver: Any.Type) -> Bool { driver is any DeviceSimulating.Type }
        #expect(finds(Cups.self) && plays(Cups.self))
        #expect(!finds(CombinedDriver<CupDriver, ScriptedDriver>.self))
        #expect(!plays(CombinedDriver<ScriptedDriver, CupDriver>.self))
        #expect(Cups.faultHelp == "leak: it leaks\nleak: it leaks")
    }

    @Test("Devices that are found name the protocol of their driver, and one driver's trouble is not the other's")
    func discovery() async throws {
        let found = Mutex<[DiscoveredDevice]>([])
        try await cups.discover(for: .seconds(1)) { device in found.withLock { $0.append(device) } }
        #expect(Set(found.withLock { $0 }.map(\.protocolName)) == ["cup", "mug"])
        found.withLock { $0 = [] }
        let broken = Cups(CupDriver(protocolNames: ["broken"]), CupDriver())
        let error = await #expect(throws: DeviceError.self) {
            try await broken.discover(for: .seconds(1)) { device in found.withLock { $0.append(device) } }
        }
        #expect(error?.message == "the cupboard is locked")
        #expect(found.withLock { $0 }.map(\.protocolName) == ["cup"])
    }

    @Test("Both play their devices with what they know of the options; what neither knows is refused")
    func simulation() async throws {
        let profile = DeviceProfile(devices: [device("a", "cup", ["shelf": 1]), device("b", "mug", ["shelf": 2])])
        let devices = DriverBinding(cups).bind(profile).devices
        let options = SimulationOptions(faults: ["leak", "mug-leak"], isPaced: true)
        #expect(cups.check(options, for: devices) == [])
        let lines = Watched<[String]>([])
        let run = Task { [cups] in
            try await cups.simulate(devices, with: options) { told in lines.change { $0 = told } }
        }
        #expect(
            try await lines.first { $0.isEmpty ? nil : $0 } == [
                #"a plays cup ["leak"] true"#, #"b plays mug ["leak", "mug-leak"] true"#,
            ]
        )
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }

        let wrong = SimulationOptions(port: 5, faults: ["drop"], seed: 1)
        #expect(
            cups.check(wrong, for: devices).map(\.message) == [
                "fault 'drop': cup knows leak", "cups know no chance",
                "port 5 is for the devices of one protocol, and the profile has two: allowed is 0",
            ]
        )
        #expect(cups.check(SimulationOptions(port: 5), for: Array(devices.prefix(1))) == [])
    }

    @Test("One that cannot play its devices ends the other one, too")
    func simulationFails() async throws {
        let driver = Cups(CupDriver(protocolNames: ["broken"]), CupDriver())
        let profile = DeviceProfile(devices: [device("a", "cup", ["shelf": 1]), device("b", "broken", ["shelf": 2])])
        let devices = DriverBinding(driver).bind(profile).devices
        let error = await #expect(throws: DeviceError.self) {
            try await driver.simulate(devices, with: SimulationOptions()) { _ in Issue.record("nothing can be reached")
            }
        }
        #expect(error?.message == "the cupboard is locked")
    }
}
