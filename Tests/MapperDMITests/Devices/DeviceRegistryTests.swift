// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import SwiftProtobuf
import Testing

@testable import MapperDMI

@Suite("What EdgeCore said of devices")
struct DeviceRegistryTests {
    private func registry(check: @escaping @Sendable (DeviceInstance) -> [Diagnostic] = { _ in [] }) -> DeviceRegistry {
        DeviceRegistry(protocolName: "fieldbus", check: check)
    }

    private func names(_ effects: [DeviceRegistry.Effect]) -> [String] { effects.map { "\($0)".prefixWord } }

    @Test(arguments: [true, false])
    func modelAndDeviceComeInAnyOrder(_ modelFirst: Bool) throws {
        var registry = registry()
        if modelFirst { registry.put(Samples.model()) }
        registry.put(try Samples.device(threshold: "30"))
        if !modelFirst {
            #expect(registry.profile.devices.isEmpty)
            #expect(names(registry.takeEffects()) == ["pending"])
            registry.put(Samples.model())
        }
        let instance = try #require(registry.profile.devices.first)
        #expect(instance.id == Samples.boiler)
        #expect(instance.properties.map(\.name) == ["temperature", "threshold"])
        #expect(instance.protocolConfig["port"] == ConfigNode(.int(502)))
        #expect(instance.property("temperature")?.visitor["register"] == ConfigNode(.int(7)))
        guard case .desired(Samples.boiler, let values) = registry.takeEffects().last else {
            Issue.record("nothing is desired")
            return
        }
        #expect(values == ["threshold": DesiredValue("30", mayBeSettled: true)])
    }

    @Test func whatIsSaidAgainIsNoNews() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device(threshold: "30"))
        _ = registry.takeEffects()
        registry.put(Samples.model())
        registry.put(try Samples.device(threshold: "30"))
        registry.replace(models: [Samples.model(), Samples.model()], devices: [try Samples.device(threshold: "30")])
        #expect(registry.takeEffects().isEmpty)
    }

    @Test func newDesiredValueIsNothingElse() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device(threshold: "30"))
        let before = registry.profile
        _ = registry.takeEffects()
        registry.put(try Samples.device(threshold: "31"))
        let effects = registry.takeEffects()
        #expect(names(effects) == ["desired"])
        guard case .desired(_, let values) = effects.first else { return }
        #expect(values == ["threshold": DesiredValue("31")])
        registry.put(try Samples.device())
        #expect(names(registry.takeEffects()) == ["cleared"])
        #expect(registry.profile == before)
    }

    @Test func orderOfPropertiesDoesNotCount() throws {
        var registry = registry()
        registry.put(Samples.model())
        var device = try Samples.device()
        registry.put(device)
        _ = registry.takeEffects()
        device.spec.properties.reverse()
        registry.put(device)
        #expect(registry.takeEffects().isEmpty)
    }

    @Test func listTakesAwayWhatItDoesNotName() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device())
        registry.put(try Samples.device("boiler-2"))
        registry.listIsAsked()
        registry.replace(models: [], devices: [try Samples.device("boiler-2")])
        #expect(registry.profile.devices.map(\.id.name) == ["boiler-2"])
    }

    /// EdgeCore may call while it makes the list.
    @Test func callsDuringTheListAreNewer() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device("old"))
        registry.listIsAsked()
        registry.put(try Samples.device("new"))
        registry.removeDevice(DeviceID("old", namespace: "default"))
        registry.put(try Samples.device("changed", threshold: "2"))
        registry.replace(
            models: [],
            devices: [try Samples.device("old"), try Samples.device("changed", threshold: "1")]
        )
        #expect(Set(registry.entries.keys.map(\.name)) == ["new", "changed"])
        #expect(registry.entries[DeviceID("changed", namespace: "default")]?.desired == ["threshold": "2"])
    }

    /// EdgeCore takes the model away before the last device of it.
    @Test func devicesOutliveTheirModel() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device())
        registry.removeModel(DeviceID("boiler", namespace: "default"))
        #expect(registry.profile.devices.count == 1)
        registry.put(try Samples.device(threshold: "4"))
        #expect(registry.entries[Samples.boiler]?.desired == ["threshold": "4"])
        registry.removeDevice(Samples.boiler)
        registry.removeDevice(Samples.boiler)
        #expect(registry.entries.isEmpty)
    }

    @Test func modelsBelongToTheirNamespace() throws {
        var registry = registry()
        registry.put(Samples.model(namespace: "other"))
        registry.put(try Samples.device())
        #expect(registry.profile.devices.isEmpty)
        registry.put(Samples.model(namespace: ""))
        registry.put(try Samples.device(namespace: ""))
        #expect(registry.profile.devices.map(\.id) == [DeviceID("boiler-1")])
    }

    @Test func badDefinitionLeavesTheOneBefore() throws {
        var registry = registry { instance in
            instance.property("temperature")?.visitor["register"] == ConfigNode(.int(13))
                ? [.error(at: nil, "register 13 is unlucky")] : []
        }
        registry.put(Samples.model())
        registry.put(try Samples.device(threshold: "1"))
        _ = registry.takeEffects()
        let entry = registry.put(try Samples.device(threshold: "2", register: 13))
        #expect(entry?.isRefused == true)
        #expect(names(registry.takeEffects()) == ["findings"])
        #expect(registry.profile.devices.first?.property("temperature")?.visitor["register"] == ConfigNode(.int(7)))
        registry.put(try Samples.device(threshold: "2", register: 14))
        #expect(names(registry.takeEffects()) == ["corrected", "device", "desired"])
    }

    @Test func propertyUnknownToTheModelIsLeftOut() throws {
        var registry = registry()
        registry.put(Samples.model())
        var device = try Samples.device()
        device.spec.properties.append(.with { $0.name = "pressure" })
        registry.put(device)
        #expect(registry.profile.devices.first?.properties.map(\.name) == ["temperature", "threshold"])
        #expect(registry.entries[Samples.boiler]?.findings.contains { $0.message.contains("'pressure'") } == true)
    }

    @Test(arguments: [-1, -5, Int64.min, 0])
    func cyclesThatCannotBeMeantAreTheDefault(_ cycle: Int64) throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device(cycle: cycle))
        #expect(registry.profile.devices.first?.property("temperature")?.collectCycle == .seconds(1))
    }

    @Test func nanosecondsAreFoundOut() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device(cycle: 5_000_000_000))
        #expect(registry.profile.devices.first?.property("temperature")?.collectCycle == .seconds(5))
        #expect(registry.entries[Samples.boiler]?.findings.contains { $0.message.contains("nanoseconds") } == true)
    }

    @Test func doubtfulNumbersAreSaid() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device(register: 16_777_216))
        let findings = registry.entries[Samples.boiler]?.findings ?? []
        #expect(findings.contains { $0.severity == .warning && $0.message.contains("'register' is 16777216") })
        #expect(registry.profile.devices.count == 1)
    }

    /// A value that was written before must not be written again because its property was unusable for a while.
    @Test func mendedPropertyIsComparedFirst() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device(threshold: "30"))
        var broken = Samples.model()
        broken.spec.properties[1].type = "TYPO"
        registry.put(broken)
        _ = registry.takeEffects()
        registry.put(Samples.model())
        guard case .desired(Samples.boiler, let values) = registry.takeEffects().last else {
            Issue.record("nothing is desired")
            return
        }
        #expect(values == ["threshold": DesiredValue("30", mayBeSettled: true)])
    }

    @Test func modelsOfCallsAreNewerThanThoseOfTheList() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device())
        registry.listIsAsked()
        var newer = Samples.model()
        newer.spec.properties[1].maximum = "50"
        registry.put(newer)
        registry.replace(models: [Samples.model()], devices: [try Samples.device()])
        #expect(registry.models[newer.id] == newer)
    }

    @Test func whatIsTakenBackIsNotKeptByADefinitionThatCannotBeUsed() throws {
        var registry = registry { instance in
            instance.property("temperature")?.visitor["register"] == ConfigNode(.int(13))
                ? [.error(at: nil, "register 13 is unlucky")] : []
        }
        registry.put(Samples.model())
        registry.put(try Samples.device(threshold: "1"))
        _ = registry.takeEffects()
        registry.put(try Samples.device(register: 13))
        #expect(names(registry.takeEffects()) == ["findings", "cleared"])
    }

    /// A device that comes back is another one: what was wanted of its predecessor is not wanted of it.
    @Test func deviceThatComesBackIsAnotherOne() throws {
        var registry = registry()
        registry.put(Samples.model())
        registry.put(try Samples.device(threshold: "1"))
        let first = try #require(registry.profile.devices.first)
        _ = registry.takeEffects()
        registry.removeDevice(Samples.boiler)
        registry.put(try Samples.device())
        #expect(names(registry.takeEffects()) == ["removed", "cleared", "device"])
        #expect(registry.profile.devices.first?.generation != first.generation)
    }

    @Test func emptyDeviceIsNoTrouble() {
        var registry = registry()
        registry.put(DMIDeviceModel.with { $0.name = "nothing" })
        registry.put(
            DMIDevice.with {
                $0.name = "nothing-1"
                $0.spec.deviceModelReference = "nothing"
            }
        )
        registry.put(DMIDevice.with { $0.name = "nobody" })
        #expect(registry.entries.count == 2)
    }
}

extension String {
    /// The name of an enumeration's case in its description.
    fileprivate var prefixWord: String { String(prefix { $0.isLetter }) }
}
