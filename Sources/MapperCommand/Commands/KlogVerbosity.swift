// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging

/// How much the mappers of mapper-framework are told to log.
struct KlogVerbosity: ExpressibleByArgument {
    /// The level at which about as much is said.
    let level: Logger.Level

    /// Fails for what is no whole number from 0 on.
    init?(argument: String) {
        guard let verbosity = UInt8(argument) else { return nil }
        level = verbosity < 4 ? .info : .debug
    }
}
