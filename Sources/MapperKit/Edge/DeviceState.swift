// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says whether a device can be reached, in the words that every KubeEdge accepts.
public enum DeviceState: String, CaseIterable, Hashable, Sendable {
    /// The device answers.
    case online
    /// The device was asked and does not answer.
    case offline
    /// Nobody is asking the device.
    case unknown
}
