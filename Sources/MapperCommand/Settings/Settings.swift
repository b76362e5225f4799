// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperMQTT

/// Everything that `run` can be told, complete and checked.
struct Settings: Sendable {
    /// Where devices come from.
    enum ProfileSource: Equatable, Sendable {
        /// The file that KubeEdge mounts; it may come, and come again, at any time.
        case configMap(String)
        /// Files and directories named on the command line; they must be there.
        case paths([String])

        /// The files and directories to read.
        var paths: [String] {
            switch self {
            case .configMap(let path): [path]
            case .paths(let paths): paths
            }
        }
    }

    /// The broker.
    var mqtt = MQTTConfiguration()
    /// Where devices come from; the default is where KubeEdge's documentation mounts the ConfigMap.
    var profile = ProfileSource.configMap("/opt/kubeedge/deviceProfile.json")
    /// What the log leaves out.
    var logLevel = Logger.Level.info
    /// How the log is written.
    var logFormat = LogFormat.text
    /// How often a value that does not change is reported all the same.
    var refresh = Duration.seconds(600)
    /// How long stopping may take.
    var grace = Duration.milliseconds(1500)
}
