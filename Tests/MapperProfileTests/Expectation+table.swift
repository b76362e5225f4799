// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension Expectation {
    static let all: [Expectation] =
        upstream.map { $0.under("kubeedge/") } + generated.map { $0.under("kubeedge/generated/") }
        + beta.map { $0.under("kubeedge-v1beta1/") }

    /// Files as KubeEdge and its users publish them.
    static let upstream: [Expectation] = [
        .refused(
            "examples-764305f-bluetooth-cc2650-demo-device-instance.yaml + examples-764305f-bluetooth-cc2650-demo-device-model.yaml",
            "24:21: error: device 'sensor-tag-instance-01': property 'temperature-enable' has a twin but no visitor, so there is no way to read it"
        ),
        .loads("examples-764305f-bluetooth-cc2650-demo-device-model.yaml", 1, 0, 0, warnings: 2),
        .noProfile("examples-764305f-bluetooth-cc2650-demo-mapper-config.yaml"),
        .loads(
            "examples-764305f-counter-device-instance.yaml + examples-764305f-counter-device-model.yaml",
            1,
            1,
            0,
            warnings: 1
        ),
        .loads("examples-764305f-counter-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads(
            "examples-764305f-ke-twitter-speaker-device-instance.yaml + examples-764305f-ke-twitter-speaker-device-model.yaml",
            1,
            1,
            0,
            warnings: 1
        ),
        .loads("examples-764305f-ke-twitter-speaker-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads(
            "examples-764305f-led-raspberrypi-device-instance.yaml + examples-764305f-led-raspberrypi-device-model.yaml",
            1,
            1,
            0,
            warnings: 1
        ),
        .loads("examples-764305f-led-raspberrypi-device-model.yaml", 1, 0, 0, warnings: 1),
        .noProfile("examples-764305f-led-raspberrypi-mapper-config.yaml"),
        .loads(
            "examples-764305f-temperature-demo-device-instance.yaml + examples-764305f-temperature-demo-device-model.yaml",
            1,
            1,
            0,
            warnings: 1
        ),
        .loads("examples-764305f-temperature-demo-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads(
            "examples-764305f-traffic-light-device-instance.yaml + examples-764305f-traffic-light-device-model.yaml",
            1,
            1,
            0,
            warnings: 1
        ),
        .loads("examples-764305f-traffic-light-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads(
            "examples-764305f-v1beta1-temperature-sensor-device-instance.yaml + examples-764305f-v1beta1-temperature-sensor-device-model.yaml",
            1,
            1,
            2
        ),
        .loads("examples-764305f-v1beta1-temperature-sensor-device-model.yaml", 1, 0, 0, warnings: 1),
        .noProfile("mappers-go-v1.13.0-ble-config.yaml"),
        .loads("mappers-go-v1.13.0-ble-configmap_test.json", 1, 1, 1),
        .loads("mappers-go-v1.13.0-ble-deployment.yaml", 0, 0, 0, warnings: 2),
        .loads(
            "mappers-go-v1.13.0-gige-customized-device-instance.yaml + mappers-go-v1.13.0-gige-customized-device-model.yaml",
            1,
            1,
            12
        ),
        .loads("mappers-go-v1.13.0-gige-customized-device-model.yaml", 1, 0, 0, warnings: 1),
        .noProfile("mappers-go-v1.13.0-modbus-config.yaml"),
        .loads("mappers-go-v1.13.0-modbus-deployment.yaml", 0, 0, 0, warnings: 2),
        .loads(
            "mappers-go-v1.13.0-modbus-dmi-device-instance.yaml + mappers-go-v1.13.0-modbus-dmi-device-model.yaml",
            1,
            1,
            2
        ),
        .loads("mappers-go-v1.13.0-modbus-dmi-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads("mappers-go-v1.13.0-modbus-e2e-errorcode4.json", 1, 1, 1),
        .loads("mappers-go-v1.13.0-modbus-e2e-errortimeout.json", 1, 1, 1),
        .loads("mappers-go-v1.13.0-modbus-e2e-readholding.json", 1, 1, 3),
        .loads("mappers-go-v1.13.0-modbus-e2e-rtureadholding.json", 1, 1, 1),
        .loads("mappers-go-v1.13.0-modbus-e2e-writeint16.json", 1, 1, 1),
        .loads("mappers-go-v1.13.0-modbus-e2e-writeint32.json", 1, 1, 1),
        .loads("mappers-go-v1.13.0-opcua-e2e-certerror.json", 1, 1, 1),
        .loads("mappers-go-v1.13.0-opcua-e2e-opcuaDevice.json", 1, 1, 2),
        .loads("mappers-go-v1.13.0-opcua-e2e-opcuaDevice2.json", 1, 1, 2),
        .loads("mappers-go-v1.13.0-opcua-e2e-readfloat.json", 1, 1, 1),
        .loads("mappers-go-v1.13.0-opcua-e2e-writeint.json", 1, 1, 1),
        .loads(
            "mappers-go-v1.13.0-random-customized-device-instance.yaml + mappers-go-v1.13.0-random-customized-device-model.yaml",
            1,
            1,
            2,
            warnings: 1
        ),
        .loads("mappers-go-v1.13.0-random-customized-device-model.yaml", 1, 0, 0, warnings: 1),
        .noProfile("mappers-go-v1.13.0-sdk-config_test.yaml"),
        .refused(
            "mappers-go-v1.13.0-sdk-configmap_negtest.json",
            "62:15: error: device 'integer-generator-02': there is no entry 'virtual-protocol-test' in 'protocols', did you mean 'virtual-protocol'?"
        ),
        .loads("mappers-go-v1.13.0-sdk-configmap_test.json", 2, 2, 4, warnings: 8),
        .refused(
            "mappers-go-v1.13.0-template-customized-configmap_negtest.json",
            "2:19: error: not valid JSON: ':' follows after the end of the value"
        ),
        .loads("mappers-go-v1.13.0-template-customized-configmap_test.json", 1, 1, 2),
        .noProfile("mappers-go-v1.13.0-virtualdevice-sdk-config.yaml"),
        .loads("mappers-go-v1.13.0-virtualdevice-sdk-deviceProfile.json", 1, 2, 4, warnings: 2),
        .noProfile("mappers-go-v1.6.0-opcua-config.yaml"),
        .loads("mappers-go-v1.6.0-opcua-configmap_test.json", 1, 1, 2),
        .loads("mappers-go-v1.6.0-opcua-device-instance.yaml + mappers-go-v1.6.0-opcua-device-model.yaml", 1, 1, 2),
        .loads("mappers-go-v1.6.0-opcua-device-model.yaml", 1, 0, 0, warnings: 1),
        .noProfile("mappers-go-v1.8.0-onvif-config.yaml"),
        .loads("mappers-go-v1.8.0-onvif-customized-configmap_test.json", 1, 1, 3),
        .loads(
            "mappers-go-v1.8.0-onvif-customized-device-instance.yaml + mappers-go-v1.8.0-onvif-customized-device-model.yaml",
            1,
            1,
            3
        ),
        .loads("mappers-go-v1.8.0-onvif-customized-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads("v1.12.0-crd-devicemodels-v1alpha2.yaml", 0, 0, 0, warnings: 2),
        .loads("v1.12.0-crd-devices-v1alpha2.yaml", 0, 0, 0, warnings: 2),
        .refused(
            "v1.12.0-docs-device-management-enhance-deviceProfile.json",
            "10:36: error: device 'sensor-tag-instance-01': twin 'io-data': model 'cc2650-sensortag' has no such property"
        ),
        .loads("v1.3.1-bluetooth-cc2650-device-instance.yaml + v1.3.1-bluetooth-cc2650-device-model.yaml", 1, 1, 6),
        .loads("v1.3.1-bluetooth-cc2650-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads(
            "v1.3.1-bluetooth-e2e-device-instance.yaml + v1.3.1-bluetooth-e2e-device-model.yaml",
            1,
            1,
            0,
            warnings: 1
        ),
        .loads("v1.3.1-bluetooth-e2e-device-model.yaml", 1, 0, 0, warnings: 1),
        .noProfile("v1.3.1-bluetooth-e2e-mapper-config.yaml"),
        .noProfile("v1.3.1-bluetooth-mapper-config.yaml"),
        .loads("v1.3.1-bluetooth-mapper-deployment.yaml", 0, 0, 0, warnings: 2),
        .loads("v1.3.1-crd-devicemodels-v1alpha1.yaml", 0, 0, 0, warnings: 2),
        .loads("v1.3.1-crd-devices-v1alpha1.yaml", 0, 0, 0, warnings: 2),
        .loads("v1.3.1-led-light-device-instance.yaml + v1.3.1-led-light-device-model.yaml", 1, 1, 0, warnings: 1),
        .loads("v1.3.1-led-light-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads("v1.3.1-modbus-device-model.yaml", 1, 0, 0, warnings: 1),
        .refused(
            "v1.3.1-modbus-nodejs-mapper-conf-template.json",
            "2:19: error: not valid JSON: expected a key in double quotes, not 'C'"
        ),
        .loads("v1.3.1-modbus-nodejs-mapper-deployment.yaml", 0, 0, 0, warnings: 2),
        .refused(
            "v1.3.1-modbus-nodejs-mapper-sample-deviceProfile.json",
            "9:24: error: property 'temperature' of model 'modbus-mock-model': 'dataType' is missing (keys are case-sensitive: 'datatype' is not it)"
        ),
        .loads("v1.3.1-modbus-rtu-device-instance.yaml + v1.3.1-modbus-device-model.yaml", 1, 1, 2),
        .loads("v1.4.0-crd-devicemodels-v1alpha2.yaml", 0, 0, 0, warnings: 2),
        .loads("v1.4.0-crd-devices-v1alpha2.yaml", 0, 0, 0, warnings: 2),
        .noProfile("v1.5.0-modbus-go-config.yaml"),
        .refused(
            "v1.5.0-modbus-go-configmap_negtest.json",
            "2:19: error: not valid JSON: ':' follows after the end of the value"
        ),
        .loads("v1.5.0-modbus-go-configmap_test.json", 1, 1, 2),
        .loads("v1.5.0-modbus-go-deployment.yaml", 0, 0, 0, warnings: 2),
        .refused(
            "v1.5.0-modbus-nodejs-mapper-sample-deviceProfile.json",
            "14:27: error: property 'temperature' of model 'modbus-mock-model': 'accessMode' is 'rw' (ReadOnly, ReadWrite are allowed)"
        ),
        .loads("v1.6.0-bluetooth-cc2650-device-instance.yaml + v1.6.0-bluetooth-cc2650-device-model.yaml", 1, 1, 6),
        .loads("v1.6.0-bluetooth-cc2650-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads("v1.6.0-create-device-instance.yaml + v1.6.0-create-device-model.yaml", 1, 1, 2),
        .loads("v1.6.0-create-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads("v1.6.0-led-light-device-instance.yaml + v1.6.0-led-light-device-model.yaml", 1, 1, 0, warnings: 1),
        .loads("v1.6.0-led-light-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads("v1.6.0-modbus-device-model.yaml", 1, 0, 0, warnings: 1),
        .loads("v1.6.0-modbus-rtu-device-instance.yaml + v1.6.0-modbus-device-model.yaml", 1, 1, 2),
        .loads("v1.6.0-modbus-tcp-device-instance.yaml + v1.6.0-modbus-device-model.yaml", 1, 1, 2, warnings: 1),
    ]

    /// Profiles that CloudCore wrote, and what they were made of.
    static let generated: [Expectation] = [
        .loads("inputs/synthetic-bluetooth-instance.yaml + inputs/synthetic-cc2650-model.yaml", 1, 1, 3),
        .loads("inputs/synthetic-cc2650-model.yaml", 1, 0, 0, warnings: 1),
        .loads("inputs/synthetic-full-modbus-model.yaml", 1, 0, 0, warnings: 1),
        .loads("inputs/synthetic-full-modbus-tcp-instance.yaml + inputs/synthetic-full-modbus-model.yaml", 1, 1, 6),
        .loads("v1.12.0-bluetooth-cc2650-upstream-misindented-deviceProfile.json", 1, 1, 6),
        .loads("v1.12.0-customized-random-deviceProfile.json", 1, 1, 2, warnings: 1),
        .loads("v1.12.0-led-light-noprotocol-deviceProfile.json", 1, 1, 0, warnings: 1),
        .loads("v1.12.0-modbus-rtu-and-tcp-deviceProfile.json", 1, 2, 4, warnings: 1),
        .loads("v1.12.0-modbus-rtu-deviceProfile.json", 1, 1, 2),
        .loads("v1.12.0-modbus-tcp-deviceProfile.json", 1, 1, 2, warnings: 1),
        .loads("v1.12.0-opcua-deviceProfile.json", 1, 1, 2),
        .loads("v1.12.0-synthetic-bluetooth-cc2650-deviceProfile.json", 1, 1, 3),
        .loads("v1.12.0-synthetic-full-modbus-deviceProfile.json", 1, 1, 6),
        .loads("v1.3.1-bluetooth-cc2650-deviceProfile.json", 1, 1, 6),
        .loads("v1.3.1-led-light-noprotocol-deviceProfile.json", 1, 1, 0, warnings: 1),
        .loads("v1.3.1-modbus-rtu-deviceProfile.json", 1, 1, 2),
        .loads("v1.3.1-two-devices-led-then-cc2650-deviceProfile.json", 2, 2, 6, warnings: 1),
        .loads("v1.5.0-bluetooth-cc2650-upstream-misindented-deviceProfile.json", 1, 1, 6),
        .loads("v1.5.0-customized-random-deviceProfile.json", 1, 1, 2, warnings: 1),
        .loads("v1.5.0-led-light-noprotocol-deviceProfile.json", 1, 1, 0, warnings: 1),
        .loads("v1.5.0-modbus-rtu-and-tcp-deviceProfile.json", 1, 2, 4, warnings: 1),
        .loads("v1.5.0-modbus-rtu-deviceProfile.json", 1, 1, 2),
        .loads("v1.5.0-modbus-tcp-deviceProfile.json", 1, 1, 2, warnings: 1),
        .loads("v1.5.0-opcua-deviceProfile.json", 1, 1, 2),
        .loads("v1.5.0-synthetic-bluetooth-cc2650-deviceProfile.json", 1, 1, 3),
        .loads("v1.5.0-synthetic-full-modbus-deviceProfile.json", 1, 1, 6),
        .loads("v1.8.0-bluetooth-cc2650-upstream-misindented-deviceProfile.json", 1, 1, 6),
        .loads("v1.8.0-customized-random-deviceProfile.json", 1, 1, 2, warnings: 1),
        .loads("v1.8.0-led-light-noprotocol-deviceProfile.json", 1, 1, 0, warnings: 1),
        .loads("v1.8.0-modbus-rtu-and-tcp-deviceProfile.json", 1, 2, 4, warnings: 1),
        .loads("v1.8.0-modbus-rtu-deviceProfile.json", 1, 1, 2),
        .loads("v1.8.0-modbus-tcp-deviceProfile.json", 1, 1, 2, warnings: 1),
        .loads("v1.8.0-opcua-deviceProfile.json", 1, 1, 2),
        .loads("v1.8.0-synthetic-bluetooth-cc2650-deviceProfile.json", 1, 1, 3),
        .loads("v1.8.0-synthetic-full-modbus-deviceProfile.json", 1, 1, 6),
    ]

    /// Objects of v1beta1.
    static let beta: [Expectation] = [
        .loads("authored/device-status-example.yaml", 0, 0, 0, warnings: 2),
        .loads("authored/full-device.yaml + authored/full-model.yaml", 1, 1, 2, warnings: 2),
        .loads("authored/full-model.yaml", 1, 0, 0, warnings: 2),
        .loads("authored/minimal-device.yaml + authored/minimal-model.yaml", 1, 1, 1),
        .loads("authored/minimal-model.yaml", 1, 0, 0, warnings: 1),
        .loads("crds/kubeedge-v1.15.0_devices_v1beta1_device.yaml", 0, 0, 0, warnings: 2),
        .loads("crds/kubeedge-v1.15.0_devices_v1beta1_devicemodel.yaml", 0, 0, 0, warnings: 2),
        .loads("crds/kubeedge-v1.19.0_devices_v1beta1_device.yaml", 0, 0, 0, warnings: 2),
        .loads("crds/kubeedge-v1.19.0_devices_v1beta1_devicemodel.yaml", 0, 0, 0, warnings: 2),
        .loads("crds/kubeedge-v1.22.2_devices_v1beta1_device.yaml", 0, 0, 0, warnings: 2),
        .loads("crds/kubeedge-v1.22.2_devices_v1beta1_devicemodel.yaml", 0, 0, 0, warnings: 2),
        .loads("crds/kubeedge-v1.23.1_devices_v1beta1_device.yaml", 0, 0, 0, warnings: 2),
        .loads("crds/kubeedge-v1.23.1_devices_v1beta1_devicemodel.yaml", 0, 0, 0, warnings: 2),
        .loads("crds/kubeedge-v1.23.1_devices_v1beta1_devicestatus.yaml", 0, 0, 0, warnings: 2),
        .loads("upstream/examples_counter-instance.yaml + upstream/examples_counter-model.yaml", 1, 1, 2),
        .loads("upstream/examples_counter-model.yaml", 1, 0, 0, warnings: 1),
        .loads("upstream/examples_temperature-instance.yaml + upstream/examples_temperature-model.yaml", 1, 1, 2),
        .loads("upstream/examples_temperature-model.yaml", 1, 0, 0, warnings: 1),
        .loads("upstream/examples_vled-instance.yaml + upstream/examples_vled-model.yaml", 1, 1, 1, warnings: 3),
        .loads("upstream/examples_vled-model.yaml", 1, 0, 0, warnings: 1),
        .refused(
            "upstream/mappers-go_mqttdevice-instance_sanitised.yaml",
            "2:8: error: not valid YAML: mapping values are not allowed in this context"
        ),
        .loads("upstream/mappers-go_mqttdevice-model.yaml", 1, 0, 0, warnings: 1),
        .loads(
            "upstream/mappers-go_onvifdevice-instance.yaml + upstream/mappers-go_onvifdevice-model.yaml",
            1,
            1,
            1,
            warnings: 4
        ),
        .loads("upstream/mappers-go_onvifdevice-model.yaml", 1, 0, 0, warnings: 3),
        .loads(
            "upstream/website_device_crds_instance.yaml + upstream/website_device_crds_model.yaml",
            1,
            1,
            1,
            warnings: 3
        ),
        .loads("upstream/website_device_crds_model.yaml", 1, 0, 0, warnings: 1),
    ]
}
