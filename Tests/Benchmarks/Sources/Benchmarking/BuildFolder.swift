// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// Finds the programs that the build has put beside this one.
package enum BuildFolder {
    private static let url = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// The program of a name.
    package static func program(_ name: String) -> URL { url.appending(path: name) }
}
