// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads the profile inside a ConfigMap object, as `kubectl get configmap` writes it.
struct ConfigMapForm {
    private static let key = "deviceProfile.json"

    private let object: Section
    private let file: SourceFile
    private let limits: ReadingLimits

    init(_ object: Section, file: SourceFile, limits: ReadingLimits) {
        self.object = object
        self.file = file
        self.limits = limits
    }

    func read(with reader: DocumentReader, into draft: inout ProfileDraft) {
        guard let data = object.section("data"), data.has(Self.key) else {
            object.warning(at: object.place(of: "data"), "ignored: there is no '\(Self.key)' in it")
            return
        }
        guard let text = data.requiredText(Self.key), let start = data.place(of: Self.key) else { return }
        // Each map costs a walk through the file; only a file of a great many ConfigMaps gets no more of them.
        draft.mappedBytes += file.bytes.count
        let isAffordable = draft.mappedBytes <= 4 * limits.bytes
        let map = isAffordable ? EmbeddedText(text, at: start, in: file).map : .fixed(start)
        var scanner = JSONScanner(Array(text.utf8), map: map, limits: limits)
        do {
            reader.read(try scanner.document(), into: &draft)
        } catch {
            error.diagnostics.forEach(object.findings.add)
        }
    }
}
