// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A message that a real EdgeCore would not survive unharmed.
struct TwinCrash: Error, Hashable, Sendable {
    let device: String
    let property: String
    /// What the message lacks.
    let lack: String

    var reason: String {
        "property '\(property)' of device '\(device)' has \(lack): this message would stop twin processing of the "
            + "whole node on a real EdgeCore"
    }
}
