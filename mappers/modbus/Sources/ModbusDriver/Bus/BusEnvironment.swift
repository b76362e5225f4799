// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging

/// Is what buses share: the resolver, where serial devices are found, and the log.
struct BusEnvironment: Sendable {
    var names = NameService()
    var ports = SerialPorts()
    var logger: Logger
}
