// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension BrokenProfileTests {
    static let missingOrDoubtful = [
        // What is missing.
        Breakage(
            "twin without visitor",
            oldYAML:
                "  propertyVisitors:\n    - propertyName: level\n      modbus:\n        register: HoldingRegister\n        offset: 3\n        limit: 1\n",
            "",
            "27:21: error: device 'fan': property 'level' has a twin but no visitor, so there is no way to read it"
        ),
        Breakage(
            "no model reference",
            yaml: "  deviceModelRef:\n    name: pump-model\n",
            "",
            "21:3: error: device 'plant/pump': 'deviceModelRef' is missing"
        ),
        Breakage(
            "no protocol",
            yaml: "  protocol:\n    protocolName: modbus\n    configData:\n      ip: 127.0.0.1\n",
            "",
            "18:9: warning: device 'plant/pump': it has no protocol, so no mapper can reach it"
        ),
        Breakage(
            "no kind",
            yaml: "kind: Device\n",
            "",
            "15:1: error: object: 'kind' is missing"
        ),
        Breakage(
            "misspelt kind",
            yaml: "kind: Device\n",
            "kind: Devise\n",
            "16:7: error: Devise 'pump': unknown kind, did you mean 'Device'? (Device, DeviceModel are allowed)"
        ),
        Breakage(
            "unknown version",
            yaml: "v1beta1\nkind: Device\n",
            "v1beta2\nkind: Device\n",
            "15:13: error: Device 'pump': 'apiVersion' is 'devices.kubeedge.io/v1beta2', did you mean 'devices.kubeedge.io/v1beta1'? (devices.kubeedge.io/v1alpha1, devices.kubeedge.io/v1alpha2, devices.kubeedge.io/v1beta1 are allowed)"
        ),
        Breakage(
            "misspelt version",
            oldYAML: "kubeedge.io/v1alpha1\nkind: Device\n",
            "kubeedge.io/v1aplha1\nkind: Device\n",
            "19:13: error: Device 'fan': 'apiVersion' is 'devices.kubeedge.io/v1aplha1', did you mean 'devices.kubeedge.io/v1alpha1'? (devices.kubeedge.io/v1alpha1, devices.kubeedge.io/v1alpha2, devices.kubeedge.io/v1beta1 are allowed)"
        ),
        // What is doubtful.
        Breakage(
            "misspelt key",
            json: "collectCycle",
            "colectCycle",
            "7:7: warning: property 'temperature' of device 'boiler': unknown key 'colectCycle', did you mean 'collectCycle'? (name, propertyName, modelName, protocol, reportCycle, collectCycle, customizedValues, visitorConfig are allowed)"
        ),
        Breakage(
            "key of another version",
            yaml: "  nodeName: edge\n",
            "  nodeSelector: {}\n",
            "23:3: warning: device 'plant/pump': unknown key 'nodeSelector' (deviceModelRef, nodeName, protocol, properties, methods, stateReport are allowed)"
        ),
        Breakage(
            "keys that contradict",
            json: #""protocolCommonConfig":{"#,
            #""protocolCommonConfig":{"customizedValues":{"slaveID":7},"#,
            "16:48: warning: protocol 'modbus-boiler': 'slaveID' is set twice with different values: the one in 'protocolConfig' is used, not the one in 'customizedValues'"
        ),
        Breakage(
            "visitor for another protocol",
            yaml: "        protocolName: modbus\n",
            "        protocolName: opcua\n",
            "29:13: warning: property 'speed' of device 'plant/pump': its visitor is for protocol 'opcua', the device's protocol is 'modbus'"
        ),
        Breakage(
            "model for another protocol",
            yaml: "  protocol: modbus\n  properties",
            "  protocol: opcua\n  properties",
            "18:9: warning: device 'plant/pump': its protocol is 'modbus' but its model 'plant/pump-model' is for 'opcua'"
        ),
        Breakage(
            "id and name differ",
            json: #""id":"boiler""#,
            #""id":"kettle""#,
            "2:25: warning: device instance: 'id' is 'kettle' but 'name' is 'boiler': KubeEdge writes the same into both; the id is used"
        ),
        Breakage(
            "nothing says whether it is reported",
            yaml: "      reportToCloud: true\n      collectCycle: 2000\n      desired:\n        value: \"1500\"\n",
            "",
            "29:13: warning: device 'plant/pump': no 'reportToCloud' at 'speed': reported all the same, although KubeEdge's own mappers would not; write true or false to say which you mean"
        ),
        Breakage(
            "stream",
            yaml: "type: INT",
            "type: STREAM",
            "10:13: warning: property 'speed' of model 'plant/pump-model': values of type STREAM are not supported: it is left out"
        ),
    ]
}
