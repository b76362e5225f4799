// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Why DMI cannot be served.
struct DMIServerError: Error, Hashable, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "cannot serve DMI on '\(path)': \(reason)" }
}
