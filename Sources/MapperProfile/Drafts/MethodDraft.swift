// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// A method as its device has it, not yet checked against the device's properties.
struct MethodDraft {
    var name: String
    var location: SourceLocation?
    var description: String?
    var properties: [(name: String, location: SourceLocation?)]
}
