// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where devices come from when no cloud sends them.
enum ProfileSource: Equatable, Sendable {
    /// Where KubeEdge's documentation mounts the ConfigMap.
    static let standard = ProfileSource.configMap("/opt/kubeedge/deviceProfile.json")

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
