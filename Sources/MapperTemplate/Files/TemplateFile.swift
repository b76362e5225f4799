// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a file of a mapper: where it is within the package, and what it says.
package struct TemplateFile: Equatable, Sendable {
    /// The path from the package's folder.
    package var path: String
    /// What it says.
    package var text: String

    /// Creates a file.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
