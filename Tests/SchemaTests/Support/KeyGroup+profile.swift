// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// A group of keys inside a sample.
struct ProfilePlace: Sendable, CustomStringConvertible {
    /// The sample's text.
    var sample: String
    /// Which of its documents.
    var document = 0
    /// The keys that lead to the group, separated by points; numbers are places in lists.
    var dotted: String

    var path: [String] { dotted.split(separator: ".").map(String.init) }

    var description: String { "document \(document), \(dotted)" }

    init(_ sample: String, _ document: Int, _ dotted: String) {
        self.sample = sample
        self.document = document
        self.dotted = dotted
    }
}

extension KeyGroup {
    /// Where each closed group of the schema for devices can be found in the samples.
    static let profilePlaces: [(definition: String, places: [ProfilePlace])] = [
        ("betaDevice", [ProfilePlace(ProfileSample.beta, 0, "")]),
        ("betaDeviceSpec", [ProfilePlace(ProfileSample.beta, 0, "spec")]),
        ("modelReference", [ProfilePlace(ProfileSample.beta, 0, "spec.deviceModelRef")]),
        ("betaProtocol", [ProfilePlace(ProfileSample.beta, 0, "spec.protocol")]),
        ("betaDeviceProperty", [ProfilePlace(ProfileSample.beta, 0, "spec.properties.0")]),
        ("desired", [ProfilePlace(ProfileSample.beta, 0, "spec.properties.0.desired")]),
        ("betaVisitor", [ProfilePlace(ProfileSample.beta, 0, "spec.properties.0.visitors")]),
        ("betaMethod", [ProfilePlace(ProfileSample.beta, 0, "spec.methods.0")]),
        ("betaModel", [ProfilePlace(ProfileSample.beta, 1, "")]),
        ("betaModelSpec", [ProfilePlace(ProfileSample.beta, 1, "spec")]),
        ("betaModelProperty", [ProfilePlace(ProfileSample.beta, 1, "spec.properties.0")]),
        ("alpha2Device", [ProfilePlace(ProfileSample.alpha2, 0, "")]),
        ("alpha2DeviceSpec", [ProfilePlace(ProfileSample.alpha2, 0, "spec")]),
        ("alpha2Protocol", [ProfilePlace(ProfileSample.alpha2, 0, "spec.protocol")]),
        ("customizedProtocol", [ProfilePlace(ProfileSample.customized, 0, "spec.protocol.customizedProtocol")]),
        (
            "customizedVisitor",
            [ProfilePlace(ProfileSample.customized, 0, "spec.propertyVisitors.0.customizedProtocol")]
        ),
        ("alphaVisitor", [ProfilePlace(ProfileSample.alpha2, 0, "spec.propertyVisitors.0")]),
        ("telemetryList", [ProfilePlace(ProfileSample.alpha2, 0, "spec.data")]),
        ("telemetry", [ProfilePlace(ProfileSample.alpha2, 0, "spec.data.dataProperties.0")]),
        ("alphaTwin", [ProfilePlace(ProfileSample.alpha2, 0, "status.twins.0")]),
        ("alpha2Model", [ProfilePlace(ProfileSample.alpha2, 1, "")]),
        ("alpha2ModelSpec", [ProfilePlace(ProfileSample.alpha2, 1, "spec")]),
        ("alphaModelProperty", [ProfilePlace(ProfileSample.alpha2, 1, "spec.properties.0")]),
        ("alphaTypeFacts", [ProfilePlace(ProfileSample.alpha2, 1, "spec.properties.0.type.int")]),
        ("alpha1Device", [ProfilePlace(ProfileSample.alpha1, 0, "")]),
        ("alpha1DeviceSpec", [ProfilePlace(ProfileSample.alpha1, 0, "spec")]),
        ("alpha1Protocol", [ProfilePlace(ProfileSample.alpha1, 0, "spec.protocol")]),
        ("alpha1Modbus", [ProfilePlace(ProfileSample.alpha1, 0, "spec.protocol.modbus")]),
        ("alpha1Model", [ProfilePlace(ProfileSample.alpha1, 1, "")]),
        ("alpha1ModelSpec", [ProfilePlace(ProfileSample.alpha1, 1, "spec")]),
        ("deviceProfile", [ProfilePlace(ProfileSample.profile, 0, "")]),
        ("profileInstance", [ProfilePlace(ProfileSample.profile, 0, "deviceInstances.0")]),
        ("profileVisitor", [ProfilePlace(ProfileSample.profile, 0, "deviceInstances.0.propertyVisitors.0")]),
        ("profileModel", [ProfilePlace(ProfileSample.profile, 0, "deviceModels.0")]),
        ("profileModelProperty", [ProfilePlace(ProfileSample.profile, 0, "deviceModels.0.properties.0")]),
        (
            "profileProtocol",
            [
                ProfilePlace(ProfileSample.profile, 0, "protocols.0"),
                ProfilePlace(ProfileSample.firstProfile, 0, "protocols.0"),
            ]
        ),
    ]

    /// The groups of KubeEdge's own forms.
    static let profile: [KeyGroup] =
        profilePlaces.map { definition, places in
            KeyGroup(schema: .profile, pointer: "/definitions/\(definition)") { key, value in
                AnySequence(
                    try places.map { place in
                        try ProfileSample(place.sample).changing(place.document, place.path + [key], to: value).trial()
                    }
                )
            }
        } + [
            // The types of properties are keys, of which there is one, and another one is an error.
            KeyGroup(schema: .profile, pointer: "/definitions/alphaType") { key, value in
                let type = ConfigNode(.mapping([ConfigNode.Entry(key, value ?? [:])]))
                let path = ["spec", "properties", "0", "type"]
                return AnySequence([try ProfileSample(ProfileSample.alpha2).changing(1, path, to: type).trial()])
            }
        ]
}
