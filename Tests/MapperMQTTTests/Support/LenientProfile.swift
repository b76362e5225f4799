// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A ConfigMap with everything that CloudCore leaves out: zeros, configs, a protocol.
enum LenientProfile {
    static let json = """
        {"deviceInstances":[
          {"id":"lamp","name":"lamp","protocol":"bluetooth-lamp","model":"lamp-model",
           "twins":[{"propertyName":"on","desired":{"value":"","metadata":{"type":"boolean"}},"reported":{"value":""}}],
           "propertyVisitors":[
             {"name":"on","propertyName":"on","modelName":"lamp-model","protocol":"bluetooth",
              "visitorConfig":{"characteristicUUID":"fff1","dataWrite":{"ON":"AQ==","OFF":"AA=="},"dataConverter":{}}}]},
          {"id":"bare","name":"bare","model":"lamp-model"}],
         "deviceModels":[
          {"name":"lamp-model","properties":[{"name":"on","dataType":"boolean","accessMode":"ReadWrite"}]}],
         "protocols":[
          {"name":"bluetooth-lamp","protocol":"bluetooth","protocolConfig":null,"protocolCommonConfig":null},
          {"protocolConfig":null,"protocolCommonConfig":null}]}
        """
}
