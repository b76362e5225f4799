// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// A device as its file has it, in words that are the same for all versions but not yet checked against its model.
struct DeviceDraft {
    /// Who wrote the device: that decides how bad a part is that cannot be used.
    enum Origin {
        /// CloudCore, into a ConfigMap that lists the whole node's devices: one of them must not stop the others.
        case configMap
        /// The person who starts the mapper with these files.
        case object
        /// EdgeCore, while the mapper runs: what can be used of a device is used.
        case edge
    }

    /// Where the ways to the properties stand.
    enum VisitSource {
        /// In the model, for all its devices (v1alpha1).
        case model
        /// In the device (v1alpha2).
        case device
        /// In the device, laid over those of the model (v1beta1).
        case both
    }

    /// The way to one property.
    struct Visit {
        var name: String
        var location: SourceLocation?
        var visitor: ConfigNode
        var protocolName: String?
        var collectCycle: Duration? = Property.defaultCycle
        var reportCycle: Duration = Property.defaultCycle
        /// Whether the file says that the value goes to the twin; `nil` where the lists of twins and telemetry decide.
        var isTwin: Bool?
    }

    /// One entry of the list of twins.
    struct Twin {
        var name: String
        var location: SourceLocation?
        var desired: String?
        var desiredLocation: SourceLocation?
        var type: String?
    }

    /// One entry of the list of telemetry.
    struct Telemetry {
        var name: String
        var location: SourceLocation?
    }

    var id: DeviceID
    var location: SourceLocation?
    var origin: Origin
    var modelName: String
    var modelLocation: SourceLocation?
    var protocolName: String?
    var protocolConfig: ConfigNode
    var visitSource: VisitSource
    var visits: [Visit] = []
    var twins: [Twin] = []
    var telemetry: [Telemetry] = []
    var dataTopic: String?
    var methods: [MethodDraft] = []
    var remarks: [DeviceRemark] = []
}
