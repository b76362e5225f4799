// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// Where programs are.
package enum Executables {
    /// The folder of the test bundle, where the build puts every program of this package.
    private static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()
    package static let control = named("mapperctl")
    package static let broker = URL(fileURLWithPath: "/usr/sbin/mosquitto")

    /// A program of this package.
    package static func named(_ name: String) -> URL { folder.appending(path: name) }
}
