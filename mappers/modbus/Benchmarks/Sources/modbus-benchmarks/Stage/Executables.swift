// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Finds the programs that benchmarks run.
enum Executables {
    /// Where the build puts every program.
    private static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()
    static let mapper = folder.appending(path: "modbus-mapper")
    static let broker = URL(fileURLWithPath: "/usr/sbin/mosquitto")
}
