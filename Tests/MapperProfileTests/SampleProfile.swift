// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Good files of each kind; tests break them in one place.
enum SampleProfile {
    /// As CloudCore v1.9 to v1.14 writes it, with line breaks.
    static let json = """
        {"deviceInstances":[
          {"id":"boiler","name":"boiler","protocol":"modbus-boiler","model":"boiler-model",
           "twins":[{"propertyName":"setpoint","desired":{"value":"40","metadata":{"type":"int"}},"reported":{"value":""}}],
           "data":{"dataProperties":[{"propertyName":"temperature"}],"dataTopic":"plant/boiler"},
           "propertyVisitors":[
             {"name":"temperature","propertyName":"temperature","modelName":"boiler-model","protocol":"modbus",
              "collectCycle":500000000,"visitorConfig":{"register":"InputRegister","offset":1}},
             {"name":"setpoint","propertyName":"setpoint","modelName":"boiler-model","protocol":"modbus",
              "visitorConfig":{"register":"HoldingRegister","offset":2}}]}],
         "deviceModels":[
          {"name":"boiler-model","properties":[
            {"name":"temperature","dataType":"float","accessMode":"ReadOnly","minimum":-40.5,"maximum":125},
            {"name":"setpoint","dataType":"int","accessMode":"ReadWrite","minimum":0,"maximum":100}]}],
         "protocols":[
          {"name":"modbus-boiler","protocol":"modbus","protocolConfig":{"slaveID":1},
           "protocolCommonConfig":{"tcp":{"ip":"127.0.0.1","port":1502}}}]}
        """

    /// Objects of v1beta1.
    static let yaml = """
        apiVersion: devices.kubeedge.io/v1beta1
        kind: DeviceModel
        metadata:
          name: pump-model
          namespace: plant
        spec:
          protocol: modbus
          properties:
            - name: speed
              type: INT
              accessMode: ReadWrite
              minimum: "0"
              maximum: "3000"
        ---
        apiVersion: devices.kubeedge.io/v1beta1
        kind: Device
        metadata:
          name: pump
          namespace: plant
        spec:
          deviceModelRef:
            name: pump-model
          nodeName: edge
          protocol:
            protocolName: modbus
            configData:
              ip: 127.0.0.1
          properties:
            - name: speed
              reportToCloud: true
              collectCycle: 2000
              desired:
                value: "1500"
              visitors:
                protocolName: modbus
                configData:
                  register: HoldingRegister
        """

    /// Objects of v1alpha1.
    static let oldYAML = """
        apiVersion: devices.kubeedge.io/v1alpha1
        kind: DeviceModel
        metadata:
          name: fan-model
        spec:
          properties:
            - name: level
              type:
                int:
                  accessMode: ReadWrite
                  maximum: 5
          propertyVisitors:
            - propertyName: level
              modbus:
                register: HoldingRegister
                offset: 3
                limit: 1
        ---
        apiVersion: devices.kubeedge.io/v1alpha1
        kind: Device
        metadata:
          name: fan
        spec:
          deviceModelRef:
            name: fan-model
          protocol:
            modbus:
              rtu:
                serialPort: /dev/ttyS0
                slaveID: 2
        status:
          twins:
            - propertyName: level
              desired:
                value: "4"
                metadata:
                  type: int
        """
}
