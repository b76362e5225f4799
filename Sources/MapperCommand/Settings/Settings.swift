// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperMQTT

/// Everything that `run` can be told, complete and checked.
struct Settings: Sendable {
    /// Where devices come from and values go to.
    var edge = EdgeChoice.mqtt(MQTTConfiguration(), profile: .standard)
    /// Where it is said, or would be, which protocol EdgeCore is told of.
    var protocolPlace: SourceLocation?
    /// What the log leaves out.
    var logLevel = Logger.Level.info
    /// How the log is written.
    var logFormat = LogFormat.text
    /// How often a value that does not change is reported all the same.
    var refresh = Duration.seconds(600)
    /// How long stopping may take.
    var grace = Duration.milliseconds(1500)
}
