// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a range of attribute handles, both ends included.
struct HandleRange: Hashable, Sendable {
    var first: UInt16
    var last: UInt16

    /// Everything a server can have; 0 is no handle.
    static let all = HandleRange(first: 1, last: 0xFFFF)

    var isEmpty: Bool { first > last }

    func contains(_ handle: UInt16) -> Bool { first <= handle && handle <= last }

    /// What is left behind a handle; `nil` for nothing.
    func after(_ handle: UInt16) -> HandleRange? {
        guard handle >= first, handle < last else { return nil }
        return HandleRange(first: handle + 1, last: last)
    }
}
