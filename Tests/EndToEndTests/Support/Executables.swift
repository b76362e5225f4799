// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where the programs under test are.
enum Executables {
    /// The folder of the test bundle, where the build puts every program.
    static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    static let mapper = folder.appending(path: "modbus-mapper")
    static let bluetoothMapper = folder.appending(path: "bluetooth-mapper")
    static let twoProtocols = folder.appending(path: "two-protocols-mapper")
    static let control = folder.appending(path: "mapperctl")
    static let broker = URL(fileURLWithPath: "/usr/sbin/mosquitto")
}
