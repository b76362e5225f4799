// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Knows whether a server's attributes still have the handles that were looked up (Core Specification, Vol 3 Part G 7.1).
struct TableWatch: Sendable {
    /// Is what a change leads to.
    struct Change: Sendable {
        var onChange: (@Sendable () -> Void)?
        /// Whether handles are in use that are wrong now.
        var endsLink: Bool
    }

    /// How often the server has said that they change.
    private(set) var changes = 0
    private var handle: UInt16?
    private var onChange: (@Sendable () -> Void)?
    private var isTrusted = false

    /// Says by which attribute's value the server tells of a change.
    mutating func watch(_ handle: UInt16, _ onChange: @escaping @Sendable () -> Void) {
        (self.handle, self.onChange) = (handle, onChange)
    }

    /// Takes the handles for right, unless they have changed since they were looked up.
    mutating func trust(since changes: Int) -> Bool {
        isTrusted = self.changes == changes
        return isTrusted
    }

    /// Takes a value that the server has sent; `nil` when it is an attribute's as any other.
    mutating func take(_ handle: UInt16) -> Change? {
        guard handle == self.handle else { return nil }
        changes += 1
        return Change(onChange: onChange, endsLink: isTrusted)
    }
}
