// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension BrokenProfileTests {
    static let breakages = wrongParts + missingOrDoubtful

    static let wrongParts = [
        // References that lead nowhere.
        Breakage(
            "unknown model",
            json: #""model":"boiler-model""#,
            #""model":"boiler-modle""#,
            "2:69: error: device 'boiler': there is no model 'boiler-modle', did you mean 'boiler-model'?",
            "6:69: warning: property 'temperature' of device 'boiler': 'modelName' is 'boiler-model' but the device's model is 'boiler-modle', which is used",
            "8:63: warning: property 'setpoint' of device 'boiler': 'modelName' is 'boiler-model' but the device's model is 'boiler-modle', which is used"
        ),
        Breakage(
            "unknown protocol entry",
            json: #""protocol":"modbus-boiler""#,
            #""protocol":"modbus-boilr""#,
            "2:45: error: device 'boiler': there is no entry 'modbus-boilr' in 'protocols', did you mean 'modbus-boiler'?"
        ),
        Breakage(
            "visitor of an unknown property",
            json: #""propertyName":"setpoint","modelName""#,
            #""propertyName":"setpiont","modelName""#,
            "3:29: error: device 'boiler': property 'setpoint' has a twin but no visitor, so there is no way to read it",
            "8:40: error: device 'boiler': property visitor 'setpiont': model 'boiler-model' has no such property, did you mean 'setpoint'?"
        ),
        Breakage(
            "twin of an unknown property",
            json: #"[{"propertyName":"setpoint","desired""#,
            #"[{"propertyName":"mode"},{"propertyName":"setpoint","desired""#,
            "3:29: error: device 'boiler': twin 'mode': model 'boiler-model' has no such property"
        ),
        Breakage(
            "data of an unknown property",
            json: #"{"propertyName":"temperature"}]"#,
            #"{"propertyName":"Temperature"}]"#,
            "4:46: error: device 'boiler': data property 'Temperature': model 'boiler-model' has no such property, did you mean 'temperature'?"
        ),
        Breakage(
            "model of another namespace",
            yaml: "name: pump\n  namespace: plant",
            "name: pump\n  namespace: yard",
            "22:11: error: device 'yard/pump': there is no model 'pump-model' (there is one in namespace 'plant')"
        ),
        Breakage(
            "v1alpha1 visitor of an unknown property",
            oldYAML: "- propertyName: level\n      modbus",
            "- propertyName: levle\n      modbus",
            "13:21: error: device 'fan': property visitor 'levle': model 'fan-model' has no such property, did you mean 'level'?",
            "33:21: error: device 'fan': property 'level' has a twin but no visitor, so there is no way to read it"
        ),
        // Twice.
        Breakage(
            "device twice",
            json: #""deviceInstances":["#,
            #""deviceInstances":[{"id":"boiler","model":"boiler-model"},"#,
            "1:21: warning: device 'boiler': it has no protocol, so no mapper can reach it",
            "2:3: error: device 'boiler' is given twice (first at p.json:1:21)"
        ),
        Breakage(
            "model twice",
            json: #""deviceModels":["#,
            #""deviceModels":[{"name":"boiler-model","properties":[]},"#,
            "3:29: error: device 'boiler': twin 'setpoint': model 'boiler-model' has no such property",
            "4:46: error: device 'boiler': data property 'temperature': model 'boiler-model' has no such property",
            "6:43: error: device 'boiler': property visitor 'temperature': model 'boiler-model' has no such property",
            "8:40: error: device 'boiler': property visitor 'setpoint': model 'boiler-model' has no such property",
            "11:11: error: model 'boiler-model' is given twice (first at p.json:10:26)"
        ),
        Breakage(
            "property twice in a model",
            json: #"{"name":"setpoint","dataType""#,
            #"{"name":"temperature","dataType""#,
            "3:29: error: device 'boiler': twin 'setpoint': model 'boiler-model' has no such property",
            "8:40: error: device 'boiler': property visitor 'setpoint': model 'boiler-model' has no such property",
            "13:13: error: model 'boiler-model': the property 'temperature' is declared twice"
        ),
        Breakage(
            "visitor twice",
            json: #""propertyName":"setpoint","modelName""#,
            #""propertyName":"temperature","modelName""#,
            "3:29: error: device 'boiler': property 'setpoint' has a twin but no visitor, so there is no way to read it",
            "8:40: error: device 'boiler': property visitor 'temperature' is given twice"
        ),
        Breakage(
            "twin twice",
            json: #""twins":["#,
            #""twins":[{"propertyName":"setpoint"},"#,
            "3:57: error: device 'boiler': twin 'setpoint' is given twice"
        ),
        Breakage(
            "property twice in a v1beta1 device",
            yaml: "- name: speed\n      reportToCloud",
            "- name: speed\n      reportToCloud: true\n    - name: speed\n      reportToCloud",
            "31:13: error: device 'plant/pump': property visitor 'speed' is given twice"
        ),
        Breakage(
            "protocol entry twice",
            json: #""protocols":["#,
            #""protocols":[{"name":"modbus-boiler","protocol":"modbus"},"#,
            "15:11: error: protocol 'modbus-boiler': the entry is given twice"
        ),
        Breakage(
            "key twice",
            json: #""offset":2"#,
            #""offset":2,"offset":3"#,
            "9:64: error: the key 'offset' is given twice in one group (first on line 9, column 53)"
        ),
        // Wrong types, words and limits.
        Breakage(
            "wrong data type",
            json: #""dataType":"float""#,
            #""dataType":"flaot""#,
            "12:38: error: property 'temperature' of model 'boiler-model': the type is 'flaot', did you mean 'float'? (int, float, double, boolean, string, bytes are allowed)"
        ),
        Breakage(
            "wrong access mode",
            yaml: "accessMode: ReadWrite",
            "accessMode: readwrite",
            "11:19: error: property 'speed' of model 'plant/pump-model': 'accessMode' is 'readwrite', did you mean 'ReadWrite'? (ReadOnly, ReadWrite are allowed)"
        ),
        Breakage(
            "no data type",
            json: #""dataType":"int","#,
            #""datatype":"int","#,
            "13:5: error: property 'setpoint' of model 'boiler-model': 'dataType' is missing (keys are case-sensitive: 'datatype' is not it)",
            "13:24: warning: property 'setpoint' of model 'boiler-model': unknown key 'datatype', did you mean 'dataType'? (name, dataType, description, accessMode, defaultValue, minimum, maximum, unit are allowed)"
        ),
        Breakage(
            "minimum above maximum",
            json: #""minimum":-40.5"#,
            #""minimum":140.5"#,
            "12:80: error: property 'temperature' of model 'boiler-model': 'minimum' 140.5 is above 'maximum' 125"
        ),
        Breakage(
            "limit that is no number",
            yaml: "maximum: \"3000\"",
            "maximum: full",
            "13:16: error: property 'speed' of model 'plant/pump-model': 'maximum' must be a number, not 'full'"
        ),
        Breakage(
            "list instead of a group",
            json: #""protocolConfig":{"slaveID":1}"#,
            #""protocolConfig":[1]"#,
            "15:64: error: protocol 'modbus-boiler': 'protocolConfig' must be a group of keys, not a list"
        ),
        Breakage(
            "group instead of a list",
            yaml: "    - name: speed\n      reportToCloud: true\n      collectCycle",
            "      name: speed\n      reportToCloud: true\n      collectCycle",
            "29:7: error: device 'plant/pump': 'properties' must be a list, not a group of keys"
        ),
        Breakage(
            "number instead of text",
            yaml: "value: \"1500\"",
            "value: 1500",
            #"33:16: error: property 'speed' of device 'plant/pump': 'value' must be text, not '1500': write "1500""#
        ),
        Breakage(
            "text instead of true",
            yaml: "reportToCloud: true",
            "reportToCloud: yes",
            "30:22: error: property 'speed' of device 'plant/pump': 'reportToCloud' must be true or false, not 'yes'"
        ),
        Breakage(
            "cycle that is no number",
            yaml: "collectCycle: 2000",
            "collectCycle: 2s",
            "31:21: error: property 'speed' of device 'plant/pump': 'collectCycle' must be a whole number of milliseconds, not '2s'"
        ),
        Breakage(
            "negative cycle",
            json: "500000000",
            "-5",
            "7:22: error: property 'temperature' of device 'boiler': 'collectCycle' is -5: it must be positive, 0 for the default of 1 s, or -1"
        ),
        Breakage(
            "cycle in the other unit",
            json: "500000000",
            "500",
            "7:22: warning: property 'temperature' of device 'boiler': 'collectCycle' is 500: as nanoseconds, KubeEdge's unit here, that is less than 1 ms, so it is taken as 500 ms; write 500000000 for that"
        ),
        Breakage(
            "cycle in the other unit, v1beta1",
            yaml: "2000",
            "2000000000",
            "31:21: warning: property 'speed' of device 'plant/pump': 'collectCycle' is 2000000000: as milliseconds, KubeEdge's unit here, that is 23 days, so it is taken as nanoseconds, 2000 ms; write 2000 for that"
        ),
        Breakage(
            "hasty cycle",
            yaml: "2000",
            "5",
            "31:21: warning: property 'speed' of device 'plant/pump': 'collectCycle' is 0.005 seconds: devices and EdgeCore hardly follow cycles under 10 ms"
        ),
        Breakage(
            "two types",
            oldYAML: "maximum: 5",
            "maximum: 5\n        string: {accessMode: ReadOnly}",
            "12:9: error: property 'level' of model 'fan-model': 'type' has more than one type: 'int' is there already"
        ),
        Breakage(
            "two protocols",
            oldYAML: "  protocol:\n",
            "  protocol:\n    bluetooth: {macAddress: x}\n",
            "13:21: warning: property 'level' of device 'fan': its visitor is for protocol 'modbus', the device's protocol is 'bluetooth'",
            "28:5: error: device 'fan': a device has one protocol: 'bluetooth' is there already"
        ),
        Breakage(
            "rtu and tcp",
            oldYAML: "slaveID: 2",
            "slaveID: 2\n      tcp: {ip: 127.0.0.1}",
            "28:7: error: device 'fan': 'modbus' has both 'rtu' and 'tcp'"
        ),
        // Desired values: wrong ones are errors in the user's own files, and left out of a ConfigMap.
        Breakage(
            "desired above the maximum, in a ConfigMap",
            json: #""value":"40""#,
            #""value":"400""#,
            "3:59: warning: property 'setpoint' of device 'boiler': the desired value cannot be applied: 400 is outside the model's limits (0…100); it is left out"
        ),
        Breakage(
            "desired above the maximum, in an object",
            yaml: "\"1500\"",
            "\"4000\"",
            "33:16: error: property 'speed' of device 'plant/pump': the desired value cannot be applied: 4000 is outside the model's limits (0…3000)"
        ),
        Breakage(
            "desired of the wrong type, in an object",
            yaml: "\"1500\"",
            "fast",
            "33:16: error: property 'speed' of device 'plant/pump': the desired value cannot be applied: 'fast' is not a whole number within 64 bits"
        ),
        Breakage(
            "desired of a sensor",
            yaml: "accessMode: ReadWrite",
            "accessMode: ReadOnly",
            "33:16: warning: property 'speed' of device 'plant/pump': a desired value for a ReadOnly property is left out"
        ),
        Breakage(
            "desired that EdgeCore cannot carry",
            json: #""value":"40""#,
            #""value":"+40""#,
            "3:59: warning: property 'setpoint' of device 'boiler': EdgeCore cannot carry '+40' back as the reported value (up to 512 of the characters a-z A-Z 0-9 - _ . , : / @ # are allowed)"
        ),
        // Names.
        Breakage(
            "device name that EdgeCore never recognises",
            oldYAML: "name: fan\n",
            "name: events\n",
            "22:9: error: device 'events': EdgeCore never recognises messages of a device whose name is part of '$hw/events/device/'; give it another name"
        ),
        Breakage(
            "device name that is no part of a topic",
            json: #""id":"boiler","name":"boiler""#,
            #""id":"boiler/1""#,
            "2:3: error: device 'boiler/1': its name is part of MQTT topics and cannot contain '/'"
        ),
        Breakage(
            "property name that EdgeCore refuses",
            yaml: "name: speed",
            "name: speed (rpm)",
            "9:13: error: model 'plant/pump-model': EdgeCore refuses the property name 'speed (rpm)' (1 to 128 of the characters a-z A-Z 0-9 - _ . , : / @ # are allowed)"
        ),
        Breakage(
            "empty name",
            yaml: "name: pump-model\n  namespace: plant",
            "name: \"\"\n  namespace: plant",
            "4:9: error: DeviceModel '': 'name' must not be empty",
            "22:11: error: device 'plant/pump': there is no model 'pump-model'"
        ),
    ]
}
