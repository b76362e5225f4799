// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A file's name and content.
struct SourceFile {
    var name: String
    var bytes: [UInt8]
}
