// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Logging

/// Is what buses share: the resolver, where serial devices are found, who counts, and the log.
struct BusEnvironment: Sendable {
    var names = NameService()
    var ports = SerialPorts()
    var metrics: any MetricsFactory = MetricsSystem.factory
    var logger: Logger
}
