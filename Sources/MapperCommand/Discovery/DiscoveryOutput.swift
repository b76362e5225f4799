// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What `discover` prints.
enum DiscoveryOutput: String, CaseIterable, ExpressibleByArgument {
    /// A table, for people.
    case table
    /// DeviceModel and Device objects.
    case yaml
}
