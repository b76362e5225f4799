// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a change of one file of the template, beyond names.
struct TemplateEdit {
    /// The file, by the template's name.
    var path: String
    /// What stands there.
    var old: String
    /// What is to stand there.
    var new: String
}
