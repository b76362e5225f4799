// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A moment on the wall clock, in milliseconds since 1970: the form KubeEdge carries in every message.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var milliseconds: Int64

    /// Creates a moment.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Whether one moment is before the other.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The milliseconds as text.
    public var description: String { String(milliseconds) }
}
