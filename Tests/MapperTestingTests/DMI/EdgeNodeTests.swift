// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit
import MapperTesting
import Testing

@testable import mapperctl

/// A node with DMI, as a value.
struct EdgeNodeTests {
    @Test func callsMappersInEdgeCoresOrder() throws {
        let bench = NodeBench()
        _ = try bench.register(DMISample.register()).get()
        bench.put(DMISample.boiler("a"), DMISample.boiler("b"))
        #expect(
            bench.takeCalls() == [
                "CreateDeviceModel default/boiler-model", "RegisterDevice default/a", "RegisterDevice default/b",
            ]
        )
        bench.put(DMISample.boiler("a"), DMISample.boiler("b", desired: "30"))
        #expect(bench.takeCalls() == ["UpdateDeviceModel default/boiler-model", "UpdateDevice default/b"])
        bench.put(DMISample.boiler("a"), DMISample.boiler("b", desired: "30"))
        #expect(bench.takeCalls() == [])
        bench.put(DMISample.boiler("a"))
        #expect(bench.takeCalls() == ["RemoveDevice default/b"])
        bench.put()
        #expect(bench.takeCalls() == ["RemoveDeviceModel default/boiler-model", "RemoveDevice default/a"])
    }

    @Test func saysNothingWhenTheModelAloneChanges() throws {
        let bench = NodeBench()
        _ = try bench.register(DMISample.register()).get()
        bench.put(DMISample.boiler())
        _ = bench.takeCalls()
        var model = DMISample.model
        model.properties[0].unit = "K"
        var device = DMISample.boiler()
        device.properties[0].model = model.properties[0]
        bench.play(bench.node.settle(DeviceProfile(models: [model], devices: [device])))
        #expect(bench.takeCalls() == [])
        #expect(bench.trouble.count == 1)
        #expect(bench.trouble.last?.contains("model 'default/boiler-model' has changed and is not sent") == true)
        #expect(bench.trouble.last?.contains("with the next change of a Device") == true)
        device.properties[0].desired = "40"
        bench.play(bench.node.settle(DeviceProfile(models: [model], devices: [device])))
        #expect(bench.takeCalls().count == 2)
        #expect(try bench.register(DMISample.register()).get().modelList.first?.spec.properties.first?.unit == "K")
    }

    /// Up to v1.20 CloudCore answers each report with the device and the model as it has it.
    @Test func sendsAChangedModelWithTheAnswerToAReportUpToV1_20() throws {
        let bench = NodeBench(EdgeCoreVersion(1, 19))
        _ = try bench.register(DMISample.register()).get()
        bench.put(DMISample.boiler())
        _ = bench.takeRequests()
        var model = DMISample.model
        model.properties[0].unit = "K"
        bench.play(bench.node.settle(DeviceProfile(models: [model], devices: [DMISample.boiler()])))
        #expect(bench.takeRequests().isEmpty)
        #expect(bench.trouble.last?.contains("with the next report or change of a Device") == true)
        #expect(bench.report(DMISample.report("21")) == nil)
        let units = bench.takeRequests().compactMap { request -> String? in
            guard case .updateDeviceModel(let message) = request else { return nil }
            return message.model.spec.properties.first?.unit
        }
        #expect(units == ["K"])
    }

    @Test func saysWhatAnotherSpellingOfTheProtocolKeepsFromAMapper() throws {
        let bench = NodeBench()
        bench.put(DMISample.boiler())
        var request = DMISample.register()
        request.mapper.protocol = request.mapper.protocol.uppercased()
        #expect(try bench.register(request).get().deviceList.isEmpty)
        #expect(bench.trouble.contains { $0.contains("default/boiler is not delivered") })
    }

    @Test func listsDevicesWithOneModelForEach() throws {
        let bench = NodeBench()
        bench.put(DMISample.boiler("a"), DMISample.boiler("b"), DMISample.boiler("c", config: ["list": [1]]))
        #expect(bench.trouble.count == 1, "nobody can ever be called for one of them")
        let lists = try bench.register(DMISample.register()).get()
        #expect(lists.deviceList.map(\.name) == ["a", "b"])
        #expect(lists.modelList.map(\.name) == ["boiler-model", "boiler-model"])
        #expect(
            bench.trouble.contains {
                $0.contains("default/c is left out: 'list' in the protocol's configData is a list")
            }
        )
    }

    @Test func keepsADeviceWhoseRemovalFailedUntilARestart() throws {
        let bench = NodeBench()
        _ = try bench.register(DMISample.register()).get()
        bench.put(DMISample.boiler("a"), DMISample.boiler("b"))
        bench.failure = "unavailable"
        bench.put(DMISample.boiler("a"))
        bench.failure = nil
        #expect(try bench.register(DMISample.register()).get().deviceList.map(\.name) == ["a", "b"])
        bench.restart()
        #expect(try bench.register(DMISample.register()).get().deviceList.map(\.name) == ["a"])
    }

    @Test(arguments: [(EdgeCoreVersion(1, 22, 1), 0), (EdgeCoreVersion(1, 23, 1), 2)])
    func remembersMappersOverARestartFromV1_23(_ version: EdgeCoreVersion, _ calls: Int) throws {
        let bench = NodeBench(version)
        _ = try bench.register(DMISample.register()).get()
        bench.restart()
        bench.put(DMISample.boiler())
        #expect(bench.takeCalls().count == calls)
    }

    @Test func callsNobodyWhoRegisteredWithoutData() throws {
        let bench = NodeBench()
        let lists = try bench.register(DMISample.register(withData: false)).get()
        #expect(lists == DMIMapperRegisterResponse())
        bench.put(DMISample.boiler())
        #expect(bench.takeCalls() == [])
        #expect(bench.trouble.count == 1)
    }

    @Test func givesAProtocolToTheSecondMapperLoudly() throws {
        let bench = NodeBench()
        _ = try bench.register(DMISample.register("/run/one.sock", name: "one")).get()
        _ = try bench.register(DMISample.register("/run/two.sock", name: "two")).get()
        #expect(
            bench.trouble.contains { $0.contains("'two' at /run/two.sock takes over protocol 'scripted' from 'one'") }
        )
        #expect(bench.node.dmi?.clients["scripted"]?.name == "two")
    }

    @Test func limitsAllRequestsTogether() {
        let bench = NodeBench()
        bench.put(DMISample.boiler())
        let refusals = (0..<130).compactMap { _ in bench.report(DMISample.report("1")) }
        #expect(
            refusals
                == Array(
                    repeating: .error("fail to report device status because of too many request: boiler"),
                    count: 30
                )
        )
        #expect(
            bench.register(DMISample.register())
                == .failure(.error("fail to register mapper because of too many request: mapper"))
        )
        bench.now = .seconds(1)
        #expect((try? bench.register(DMISample.register()).get()) != nil)
    }

    @Test func diesOfMissingMessagesAndGoesOn() throws {
        let bench = NodeBench()
        bench.put(DMISample.boiler())
        _ = try bench.register(DMISample.register()).get()
        var report = DMISample.report("1")
        report.reportedDevice.twins[0].clearObservedDesired()
        #expect(bench.report(report)?.message == "Stream removed (Socket closed)")
        report = DMISample.report("1")
        report.reportedDevice.twins[0].clearReported()
        #expect(bench.report(report)?.message == "Stream removed (Socket closed)")
        _ = bench.register(DMIMapperRegisterRequest())
        #expect(bench.crashes.count == 3)
        #expect(bench.crashes.first?.contains("twin 'setpoint' without 'observedDesired'") == true)
        #expect(try bench.register(DMISample.register()).get().deviceList.count == 1)
    }

    @Test func echoesReportsUpToV1_20() throws {
        for (version, calls) in [(EdgeCoreVersion(1, 20), 2), (EdgeCoreVersion(1, 21), 0)] {
            let bench = NodeBench(version)
            _ = try bench.register(DMISample.register()).get()
            bench.put(DMISample.boiler())
            _ = bench.takeCalls()
            #expect(bench.report(DMISample.report("1")) == nil)
            #expect(bench.takeCalls().count == calls)
            // What is dropped is not answered.
            #expect(bench.report(DMISample.report("two words")) == nil)
            #expect(bench.takeCalls() == [])
        }
    }

    @Test func speaksAsOldVersionsDo() throws {
        let bench = NodeBench(EdgeCoreVersion(1, 15))
        bench.put(DMISample.boiler())
        let lists = try bench.register(DMISample.register()).get()
        #expect(lists.deviceList.map(\.namespace) == [""])
        #expect(lists.modelList.map(\.namespace) == [""])
        #expect(bench.report(DMISample.report("1")) == nil)
        #expect(
            bench.outputs.contains {
                if case .mqtt("$hw/events/device/boiler/twin/update/result", _) = $0 { true } else { false }
            }
        )
        var states = DMIReportDeviceStatesRequest()
        states.deviceName = "boiler"
        states.state = "online"
        guard case .unimplemented = bench.report(states) else {
            Issue.record("v1.15 knows states")
            return
        }
    }

    @Test func putsDevicesWithoutANamespaceInTheDefaultOne() throws {
        let bench = NodeBench()
        var device = DMISample.boiler()
        device.id.namespace = nil
        bench.put(device)
        #expect(try bench.register(DMISample.register()).get().deviceList.map(\.namespace) == ["default"])
        #expect(bench.report(DMISample.report("1")) == nil)
        #expect(bench.node.twin.values(of: "setpoint", device.id).reported == "1")
    }

    @Test func editsTheDeviceObjectForTheCluster() throws {
        let bench = NodeBench()
        _ = try bench.register(DMISample.register()).get()
        bench.put(DMISample.boiler())
        _ = bench.takeCalls()
        bench.play(bench.node.setDesired("default/boiler", ["setpoint": "35"]))
        #expect(bench.takeCalls() == ["UpdateDeviceModel default/boiler-model", "UpdateDevice default/boiler"])
        guard case .updateDevice(let update) = bench.requests.last else {
            Issue.record("no update")
            return
        }
        #expect(update.device.spec.properties.first?.desired.value == "35")
        // A change elsewhere in the profile leaves it as it is.
        bench.put(DMISample.boiler(), DMISample.boiler("other"))
        #expect(bench.takeCalls() == ["RegisterDevice default/other"])
        #expect(bench.node.present[DeviceID("boiler", namespace: "default")]?.properties.first?.desired == "35")
    }
}
