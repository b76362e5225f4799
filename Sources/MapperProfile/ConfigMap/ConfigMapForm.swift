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
        let map = EmbeddedText(text, at: start, in: file).map
        var scanner = JSONScanner(Array(text.utf8), map: map, limits: limits)
        do {
            reader.read(try scanner.document(), into: &draft)
        } catch {
            error.diagnostics.forEach(object.findings.add)
        }
    }
}
