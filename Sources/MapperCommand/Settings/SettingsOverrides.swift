// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging

/// The settings given on the command line; they win over everything.
struct SettingsOverrides: Sendable {
    /// The configuration file; `nil` for the default one, if it is there.
    var configFile: String?
    /// What replaces `configmap`; empty for nothing.
    var profiles: [String] = []
    /// The broker's address.
    var mqtt: String?
    /// EdgeCore's socket.
    var dmi: String?
    /// What the log leaves out.
    var logLevel: Logger.Level?
    /// How the log is written.
    var logFormat: LogFormat?
}
