// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how urgent something is.
enum ReportLane: Sendable {
    /// What the edge does not know: changed values, a device that went away.
    case news
    /// What it has been told before, or sees otherwise.
    case repeats
}
