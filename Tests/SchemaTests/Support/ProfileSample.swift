// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import BluetoothDriver
import MapperKit
import ModbusDriver

@testable import MapperProfile

/// Sound documents in which one value at a time is replaced.
struct ProfileSample: Sendable {
    /// The documents, each with everything that its version knows.
    let documents: [ConfigNode]

    init(_ yaml: String) throws {
        documents = try ConfigReader().parse(Array(yaml.utf8), file: "sample.yaml")
    }

    init(documents: [ConfigNode]) { self.documents = documents }

    /// What loader and drivers make of the documents.
    func trial() -> Trial {
        let (loader, drivers) = findings()
        return Trial(diagnostics: loader + drivers)
    }

    /// What the loader finds, and what the drivers find in what it made.
    func findings() -> (loader: [Diagnostic], drivers: [Diagnostic]) {
        let files = documents.enumerated().map { (file: "\($0.offset).json", bytes: Array($0.element.json.utf8)) }
        do {
            let loaded = try ProfileLoader().load(contents: files)
            let found =
                DriverBinding(ModbusDriver()).bind(loaded.profile).diagnostics
                + DriverBinding(BluetoothDriver()).bind(loaded.profile).diagnostics
            return (loaded.warnings, found)
        } catch {
            return (error.diagnostics, [])
        }
    }

    /// The sample with one value of one document replaced, or removed for `nil`.
    func changing(_ document: Int, _ path: [String], to value: ConfigNode?) -> ProfileSample {
        var documents = documents
        documents[document] =
            value.map { documents[document].changing(path, to: $0) } ?? documents[document].removing(path)
        return ProfileSample(documents: documents)
    }
}

extension ProfileSample {
    static let beta = """
        apiVersion: devices.kubeedge.io/v1beta1
        kind: Device
        metadata: {name: pump, namespace: plant}
        spec:
          deviceModelRef: {name: pump-model, namespace: plant}
          nodeName: edge
          protocol:
            protocolName: modbus
            configData: {ip: 127.0.0.1}
          properties:
            - name: speed
              reportToCloud: true
              collectCycle: 2000
              reportCycle: 2000
              desired: {value: "15", metadata: {type: int}}
              visitors: {protocolName: modbus, configData: {register: HoldingRegister}}
          methods:
            - name: set
              description: sets the speed
              propertyNames: [speed]
          stateReport: {}
        status: {}
        ---
        apiVersion: devices.kubeedge.io/v1beta1
        kind: DeviceModel
        metadata: {name: pump-model, namespace: plant}
        spec:
          protocol: modbus
          protocolConfigData: {slaveID: 1}
          properties:
            - name: speed
              description: how fast it turns
              type: INT
              accessMode: ReadWrite
              minimum: "0"
              maximum: "30"
              unit: rpm
              visitors: {protocolName: modbus, configData: {register: HoldingRegister}}
        status: {}
        """

    static let alpha2 = """
        apiVersion: devices.kubeedge.io/v1alpha2
        kind: Device
        metadata: {name: fan, namespace: plant}
        spec:
          deviceModelRef: {name: fan-model, namespace: plant}
          protocol:
            modbus: {slaveID: 1}
            common: {tcp: {ip: 127.0.0.1}, customizedValues: {retries: 2}}
          nodeSelector: {}
          propertyVisitors:
            - propertyName: level
              collectCycle: 1000000000
              reportCycle: 1000000000
              modbus: {register: HoldingRegister, offset: 3}
              customizedValues: {scale: 1}
          data:
            dataTopic: fan/data
            dataProperties: [{propertyName: level, metadata: {type: int}}]
        status:
          twins:
            - propertyName: level
              desired: {value: "4", metadata: {type: int}}
              reported: {value: "3"}
              observedDesired: {value: "3"}
        ---
        apiVersion: devices.kubeedge.io/v1alpha2
        kind: DeviceModel
        metadata: {name: fan-model, namespace: plant}
        spec:
          protocol: modbus
          properties:
            - name: level
              description: how fast it turns
              type: {int: {accessMode: ReadWrite, defaultValue: 1, minimum: 1, maximum: 5, unit: step}}
        status: {}
        """

    static let customized = """
        apiVersion: devices.kubeedge.io/v1alpha2
        kind: Device
        metadata: {name: lamp}
        spec:
          deviceModelRef: {name: lamp-model}
          protocol:
            customizedProtocol: {protocolName: light, configData: {pin: 1}}
          propertyVisitors:
            - propertyName: power
              customizedProtocol: {protocolName: light, configData: {pin: 1}}
        ---
        apiVersion: devices.kubeedge.io/v1alpha2
        kind: DeviceModel
        metadata: {name: lamp-model}
        spec:
          properties:
            - name: power
              type: {boolean: {accessMode: ReadOnly}}
        """

    static let alpha1 = """
        apiVersion: devices.kubeedge.io/v1alpha1
        kind: Device
        metadata: {name: fan}
        spec:
          deviceModelRef: {name: fan-model}
          protocol: {modbus: {rtu: {serialPort: /dev/ttyS0, slaveID: 2}}}
          nodeSelector: {}
          data:
            dataTopic: fan/data
            dataProperties: [{propertyName: level}]
        status:
          twins: [{propertyName: level, desired: {value: "4"}}]
        ---
        apiVersion: devices.kubeedge.io/v1alpha1
        kind: DeviceModel
        metadata: {name: fan-model}
        spec:
          properties:
            - name: level
              type: {int: {accessMode: ReadWrite}}
          propertyVisitors:
            - propertyName: level
              modbus: {register: HoldingRegister, offset: 3}
        """

    static let profile = """
        deviceInstances:
          - id: boiler
            name: boiler
            protocol: modbus-boiler
            model: boiler-model
            twins: [{propertyName: setpoint, desired: {value: "40", metadata: {type: int}}, reported: {}}]
            data: {dataProperties: [{propertyName: temperature}]}
            dataTopic: plant/boiler
            dataProperties: []
            propertyVisitors:
              - name: temperature
                propertyName: temperature
                modelName: boiler-model
                protocol: modbus
                collectCycle: 500000000
                reportCycle: 500000000
                visitorConfig: {register: InputRegister, offset: 1}
                customizedValues: {scale: 0.1, limit: 1}
              - propertyName: setpoint
                protocol: modbus
                visitorConfig: {register: HoldingRegister, offset: 2}
        deviceModels:
          - name: boiler-model
            description: a boiler
            properties:
              - name: temperature
                dataType: float
                description: of the water
                accessMode: ReadOnly
                defaultValue: 0
                minimum: -40.5
                maximum: 125
                unit: degree
              - {name: setpoint, dataType: int, accessMode: ReadWrite, minimum: 0, maximum: 100}
        protocols:
          - name: modbus-boiler
            protocol: modbus
            protocolConfig: {slaveID: 1}
            protocolCommonConfig: {tcp: {ip: 127.0.0.1, port: 1502}, customizedValues: {retries: 2}}
        """

    static let firstProfile = """
        deviceInstances: [{id: boiler, protocol: modbus-boiler, model: boiler-model}]
        deviceModels:
          - name: boiler-model
            properties: [{name: temperature, dataType: int, accessMode: ReadOnly}]
        protocols:
          - {name: modbus-boiler, protocol: modbus-tcp, protocol_config: {slaveID: 1, ip: 127.0.0.1}}
        propertyVisitors:
          - propertyName: temperature
            modelName: boiler-model
            protocol: modbus-tcp
            visitorConfig: {register: InputRegister, offset: 1}
        """
}
