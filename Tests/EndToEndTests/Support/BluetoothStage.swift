// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation

/// One peripheral and one beacon on a simulated air, a broker, an edge and a mapper, all real programs.
final class BluetoothStage {
    static let lamp = "lamp"
    static let beacon = "beacon"

    let folder: ScratchFolder
    let broker: Broker
    let observer: Observer
    /// Where the mapper's packets pass.
    let relay: AirRelay
    private(set) var simulator: RunningProgram
    private let edge: RunningProgram
    let mapper: RunningProgram

    /// Returns when both are online.
    /// - Parameter faults: What goes wrong with them.
    init(faults: [String] = []) async throws {
        folder = try ScratchFolder()
        broker = try await Broker()
        observer = try await Observer(broker.address)
        // Unix sockets' paths are short.
        let air = "/tmp/air-\(UUID().uuidString.prefix(8))"
        relay = try AirRelay(air + ".relay", to: air)
        for (name, path) in [("profile", air), ("mapped", air + ".relay")] {
            try folder.write(Self.profile(adapter: path), to: "\(name)/devices.yaml")
        }
        let programs = Programs(broker: broker.url, logs: folder.url, executable: Executables.bluetoothMapper)
        let profile = folder.url.appending(path: "profile").path
        simulator = try await programs.simulator(profile, faults: faults)
        edge = try await programs.edge(profile)
        mapper = try programs.mapper(folder.url.appending(path: "mapped").path)
        let (observer, mapper, simulator) = (observer, mapper, simulator)
        for name in [Self.lamp, Self.beacon] {
            try await eventually("\(name) is online", evidence: mapper.tail + simulator.tail) {
                observer.states(of: name).last == "online"
            }
        }
    }

    var evidence: String { [mapper, simulator, edge].map(\.tail).joined(separator: "\n") }

    /// Takes the devices off the air, and brings them back.
    func restartSimulator(after pause: Duration) async throws {
        simulator.kill()
        try await Task.sleep(for: pause)
        let programs = Programs(broker: broker.url, logs: folder.url, executable: Executables.bluetoothMapper)
        simulator = try await programs.simulator(folder.url.appending(path: "profile").path)
    }

    /// Wants a value as somebody does who edits the Device object; returns when the edge has taken it.
    func desire(_ property: String, _ value: String) async throws {
        let topic = "$ke/mapperctl/cloud/\(Self.lamp)/desired"
        let start = observer.count
        try await observer.publish("{\"\(property)\":\"\(value)\"}", on: topic)
        try await eventually("the edge takes \(property) = \(value)", evidence: evidence) {
            observer.messages(since: start).contains { $0.topic == topic + "/result" && $0.json?["reason"] == nil }
        }
    }

    /// Waits until a value is reported.
    func reported(_ property: String, _ value: String, since start: Int) async throws {
        try await eventually("\(property) is reported as '\(value)'", evidence: evidence) {
            observer.reports(of: property, Self.lamp, since: start).contains(value)
        }
    }

    private static func profile(adapter: String) -> String {
        """
        apiVersion: devices.kubeedge.io/v1beta1
        kind: DeviceModel
        metadata: {name: lamp}
        spec:
          protocol: bluetooth
          properties:
            - {name: level, type: INT, accessMode: ReadOnly, minimum: "0", maximum: "100"}
            - {name: brightness, type: INT, accessMode: ReadWrite, minimum: "0", maximum: "1000"}
            - {name: power, type: STRING, accessMode: ReadWrite}
        ---
        apiVersion: devices.kubeedge.io/v1beta1
        kind: DeviceModel
        metadata: {name: beacon}
        spec:
          protocol: bluetooth
          properties:
            - {name: temperature, type: FLOAT, accessMode: ReadOnly, minimum: "-20", maximum: "50"}
        ---
        apiVersion: devices.kubeedge.io/v1beta1
        kind: Device
        metadata: {name: \(lamp)}
        spec:
          deviceModelRef: {name: lamp}
          nodeName: edge-node
          protocol:
            protocolName: bluetooth
            configData: {name: Lamp, adapter: \(adapter), connectTimeout: 2000}
          properties:
            - name: level
              collectCycle: 500
              reportCycle: 500
              reportToCloud: true
              visitors: {protocolName: bluetooth, configData: {characteristicUUID: 2a19, dataType: uint8}}
            - name: brightness
              collectCycle: 500
              reportCycle: 500
              reportToCloud: true
              visitors: {protocolName: bluetooth, configData: {characteristicUUID: fff1, dataType: uint16}}
            - name: power
              collectCycle: 500
              reportCycle: 500
              reportToCloud: true
              visitors:
                protocolName: bluetooth
                configData: {characteristicUUID: fff2, dataWrite: {"ON": [1], "OFF": [0]}}
        ---
        apiVersion: devices.kubeedge.io/v1beta1
        kind: Device
        metadata: {name: \(beacon)}
        spec:
          deviceModelRef: {name: beacon}
          nodeName: edge-node
          protocol:
            protocolName: bluetooth
            configData:
              macAddress: "54:48:E6:8F:80:A5"
              mode: advertisement
              presenceTimeout: 2000
              adapter: \(adapter)
              bindKey: "231d39c1d7cc1ab1aee224cd096db932"
          properties:
            - name: temperature
              collectCycle: 500
              reportCycle: 500
              reportToCloud: true
              visitors: {protocolName: bluetooth, configData: {source: beacon, field: temperature}}
        """
    }
}
