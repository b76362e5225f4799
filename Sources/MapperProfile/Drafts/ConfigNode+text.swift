// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ConfigNode {
    /// The text of a scalar however it is written; `nil` for lists, groups and nothing.
    var scalar: String? {
        switch content {
        case .string(let text): text
        case .int(let value): String(value)
        case .double(let value): PropertyValue.double(value).text
        case .boolean(let value): value ? "true" : "false"
        case .null, .sequence, .mapping: nil
        }
    }

    /// The node in a complaint: its text when that is short, else its kind.
    var described: String {
        guard let scalar, scalar.count <= 40 else { return kind }
        return "'\(scalar)'"
    }
}
