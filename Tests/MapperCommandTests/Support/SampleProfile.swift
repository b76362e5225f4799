// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Profiles for the test protocol.
enum SampleProfile {
    static let model = """
        apiVersion: devices.kubeedge.io/v1beta1
        kind: DeviceModel
        metadata:
          name: thermo
        spec:
          properties:
            - {name: temperature, type: DOUBLE, accessMode: ReadOnly, unit: Celsius}
            - {name: setpoint, type: DOUBLE, accessMode: ReadWrite, minimum: "5", maximum: "30", unit: Celsius}
            - {name: mode, type: INT, accessMode: ReadWrite}
        ---

        """

    /// One device; visitors by property, as YAML flow mappings.
    static func device(
        _ name: String = "thermo-01",
        speaks protocolName: String = "test",
        config: String = "{answers: yes-it-does}",
        temperature: String = "{raw: 215, scale: 0.1}",
        setpoint: String = "{raw: 200, scale: 0.1}",
        mode: String = "{raw: 3}"
    ) -> String {
        """
        apiVersion: devices.kubeedge.io/v1beta1
        kind: Device
        metadata:
          name: \(name)
        spec:
          deviceModelRef: {name: thermo}
          nodeName: edge
          protocol:
            protocolName: \(protocolName)
            configData: \(config)
          properties:
            - {name: temperature, reportToCloud: true, visitors: {protocolName: \(protocolName), configData: \(temperature)}}
            - {name: setpoint, reportToCloud: true, visitors: {protocolName: \(protocolName), configData: \(setpoint)}}
            - {name: mode, reportToCloud: true, visitors: {protocolName: \(protocolName), configData: \(mode)}}
        ---

        """
    }
}
