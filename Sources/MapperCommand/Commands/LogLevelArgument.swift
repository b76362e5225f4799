// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
package import Logging

/// A log level on the command line.
package struct LogLevelArgument: ExpressibleByArgument {
    /// The level.
    package var level: Logger.Level

    /// Fails for words that are no levels.
    package init?(argument: String) {
        guard let level = Logger.Level(rawValue: argument.lowercased()) else { return nil }
        self.level = level
    }

    /// All words, for the help text and completion.
    package static var allValueStrings: [String] { Logger.Level.allCases.map(\.rawValue) }
}
