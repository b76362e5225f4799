// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging

/// A log level on the command line.
struct LogLevelArgument: ExpressibleByArgument {
    /// The level.
    var level: Logger.Level

    /// Fails for words that are no levels.
    init?(argument: String) {
        guard let level = Logger.Level(rawValue: argument.lowercased()) else { return nil }
        self.level = level
    }

    /// All words, for the help text and completion.
    static var allValueStrings: [String] { Logger.Level.allCases.map(\.rawValue) }
}
