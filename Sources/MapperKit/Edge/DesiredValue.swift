// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A value that the edge wants a property to have.
public struct DesiredValue: Hashable, Sendable {
    /// The text as the edge sent it; reporting it back byte for byte is what settles it.
    public var text: String
    /// Whether the edge may only be repeating what was wanted before this mapper ran.
    ///
    /// Such a value is compared with the device first, and written only if the device has another one.
    public var mayBeSettled: Bool

    /// Creates a desired value.
    public init(_ text: String, mayBeSettled: Bool = false) {
        self.text = text
        self.mayBeSettled = mayBeSettled
    }
}
