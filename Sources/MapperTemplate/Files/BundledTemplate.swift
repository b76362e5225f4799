// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CMapperTemplate

/// Holds `mappers/_template`, which is compiled into the program.
package enum BundledTemplate {
    /// All its files.
    package static let files: [TemplateFile] = {
        var files: [TemplateFile] = []
        while let file = unsafe mapper_template_file_at(files.count) {
            let bytes = unsafe UnsafeBufferPointer(start: file.pointee.bytes, count: file.pointee.count)
            files.append(
                TemplateFile(
                    path: unsafe String(cString: file.pointee.path),
                    text: unsafe String(decoding: bytes, as: UTF8.self)
                )
            )
        }
        return files
    }()
}
