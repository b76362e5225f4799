// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
package import Logging
package import MapperKit

/// Is everything around a command that a test replaces.
package struct CommandContext: Sendable {
    /// Where results and complaints go.
    package var console: Console
    /// The environment variables.
    var environment: [String: String]
    /// The configuration file to read when none is named, if it exists.
    var defaultConfigFile: String
    /// The time.
    package var clock: any MapperClock
    /// Makes log handlers the process's own; a test has none to set.
    var installLogging: @Sendable (@escaping @Sendable (String) -> any LogHandler) -> Void
    /// Starts listening for the signals that end a command.
    package var stopSignals: @Sendable () async -> AsyncStream<StopSignal>
    /// Does something some time after such a signal, even if nothing else in the process runs any more.
    var stopDeadline: @Sendable (Duration, @escaping @Sendable () -> Void) -> StopDeadline?
    /// Makes the edge link of a run.
    var makeLink: @Sendable (LinkPlan) throws -> any EdgeLink
    /// Ends the process without waiting for anything; a test only notes it.
    package var leave: @Sendable (Int32) -> Void

    /// The process as it is.
    static var process: CommandContext {
        CommandContext(
            console: .process,
            environment: ProcessInfo.processInfo.environment,
            defaultConfigFile: "./config.yaml",
            clock: SystemClock(),
            installLogging: { LoggingSystem.bootstrap($0) },
            stopSignals: { await StopSignal.received() },
            stopDeadline: { StopDeadline(after: $0, $1) },
            makeLink: { try $0.link() },
            leave: { _exit($0) }
        )
    }

    /// A logger that writes to the console, where a command takes no settings from a file.
    package func logger(_ label: String, level: Logger.Level) -> Logger {
        Logger(label: label, factory: handler(level: level, format: .text))
    }

    /// What makes handlers that write to the console.
    func handler(level: Logger.Level, format: LogFormat) -> @Sendable (String) -> any LogHandler {
        { [console, clock] label in
            LineLogHandler(label: label, level: level, format: format, now: { clock.timestamp }) { line in
                console.complain(line)
            }
        }
    }
}
