// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import SwiftProtobuf

@testable import MapperDMI

/// Messages as EdgeCore makes them, for tests.
enum Samples {
    static func number(_ value: Float) throws -> Google_Protobuf_Any {
        try Google_Protobuf_Any(message: Google_Protobuf_FloatValue.with { $0.value = value })
    }

    static func text(_ value: String) throws -> Google_Protobuf_Any {
        try Google_Protobuf_Any(message: Google_Protobuf_StringValue.with { $0.value = value })
    }

    static func flag(_ value: Bool) throws -> Google_Protobuf_Any {
        try Google_Protobuf_Any(message: Google_Protobuf_BoolValue.with { $0.value = value })
    }

    /// A model with a read-only `temperature` and a settable `threshold`.
    static func model(_ name: String = "boiler", namespace: String = "default") -> DMIDeviceModel {
        .with {
            $0.name = name
            $0.namespace = namespace
            $0.spec.properties = [
                .with {
                    $0.name = "temperature"
                    $0.type = "FLOAT"
                    $0.accessMode = "ReadOnly"
                },
                .with {
                    $0.name = "threshold"
                    $0.type = "INT"
                    $0.accessMode = "ReadWrite"
                    $0.minimum = "0"
                    $0.maximum = "100"
                },
            ]
        }
    }

    /// A device of that model.
    static func device(
        _ name: String = "boiler-1",
        namespace: String = "default",
        model: String = "boiler",
        threshold: String = "",
        cycle: Int64 = 1000,
        register: Float = 7
    ) throws -> DMIDevice {
        let config = ["register": try number(register)]
        let port = ["port": try number(502)]
        return .with {
            $0.name = name
            $0.namespace = namespace
            $0.spec.deviceModelReference = model
            $0.spec.protocol.protocolName = "fieldbus"
            $0.spec.protocol.configData.data = port
            $0.spec.properties = ["temperature", "threshold"].map { property in
                .with {
                    $0.name = property
                    $0.desired = .with { $0.value = property == "threshold" ? threshold : "" }
                    $0.visitors.protocolName = "fieldbus"
                    $0.visitors.configData.data = config
                    $0.collectCycle = cycle
                    $0.reportToCloud = true
                }
            }
        }
    }

    static let boiler = DeviceID("boiler-1", namespace: "default")

    static func value(_ text: String, observed: String? = nil) -> TwinReport.Value {
        TwinReport.Value(text, dataType: .float, acquiredAt: Timestamp(milliseconds: 5), observedDesired: observed)
    }

    static func twin(_ name: String, _ text: String, observed: String? = nil) throws -> ReportedTwin {
        try ReportedTwin(name, value(text, observed: observed))
    }
}
