// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how urgent something is.
enum ReportLane: Sendable {
    /// What somebody waits for or may have to act on: a desired value that was applied, a device that went away or is back.
    case awaited
    /// What else the edge does not know: changed values.
    case news
    /// What it has been told before, or sees otherwise.
    case repeats
}
