// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How log entries are written.
enum LogFormat: String, CaseIterable, Decodable, Sendable, ExpressibleByArgument {
    /// One line for people.
    case text
    /// One JSON object a line.
    case json
}
