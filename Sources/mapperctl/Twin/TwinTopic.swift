// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// The topics of a device's twin.
struct TwinTopic: Hashable {
    /// The device as topics name it: `name`, or `namespace/name` from KubeEdge v1.16.2 on.
    var device: String

    var get: String { topic("twin/get") }
    var getResult: String { topic("twin/get/result") }
    var document: String { topic("twin/update/document") }
    var delta: String { topic("twin/update/delta") }
    var stateResult: String { topic("state/update/result") }

    private func topic(_ rest: String) -> String { "$hw/events/device/\(device)/\(rest)" }
}
