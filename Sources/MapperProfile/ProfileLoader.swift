// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Loads device profiles in every form in which KubeEdge hands devices to a mapper.
///
/// That is the `deviceProfile.json` of all versions up to v1.14, alone or inside its ConfigMap object, and the objects
/// DeviceModel and Device of v1alpha1, v1alpha2 and v1beta1, in YAML or JSON, as one document, many, or a List.
/// Models and devices of all files form one profile; its shape does not tell which version wrote it.
public struct ProfileLoader: Sendable {
    private let limits: ReadingLimits

    /// Creates a loader.
    public init() {
        limits = ReadingLimits()
    }

    /// Loads files, and directories with all their `*.json`, `*.yaml` and `*.yml` files in the order of their names.
    ///
    /// Names that start with a point are left out of directories, as kubelet's own parts of a mounted ConfigMap are.
    /// A file that is given more than once, also by another path, is read once.
    /// - Throws: `ConfigurationError` with all problems of all files.
    public func load(_ paths: [String]) throws(ConfigurationError) -> LoadedProfile {
        try examine(paths).loaded()
    }

    /// Reads the same files as ``load(_:)``, and gives what can be used of them beside all problems.
    ///
    /// So that a driver's checks of the sound part can be shown together with what is wrong with the rest.
    public func examine(_ paths: [String]) -> ExaminedProfile {
        let findings = Findings()
        var files: [SourceFile] = []
        var rest = 4 * limits.bytes
        for path in FileList(paths, findings).files where rest >= 0 {
            do {
                let file = SourceFile(name: path, bytes: try FileContents.read(path, limit: limits.bytes))
                files.append(file)
                rest -= file.bytes.count
            } catch {
                error.diagnostics.forEach(findings.add)
            }
        }
        guard rest >= 0 else {
            let limit = 4 * limits.bytes
            let complaint = Diagnostic.error(
                at: nil,
                "the files are too large together: at most \(limit) bytes are read"
            )
            return ExaminedProfile(profile: DeviceProfile(), diagnostics: [complaint])
        }
        return examine(files, findings)
    }

    /// Loads from bytes; the names appear in complaints, and an ending `.json` says that a file is JSON.
    /// - Throws: `ConfigurationError` with all problems of all files.
    public func load(contents: [(file: String, bytes: [UInt8])]) throws(ConfigurationError) -> LoadedProfile {
        try examine(contents.map { SourceFile(name: $0.file, bytes: $0.bytes) }, Findings()).loaded()
    }

    /// Reads Device and DeviceModel objects that came as trees: those that EdgeCore hands over while the mapper runs.
    ///
    /// Each tree is one object in the shape that it has in a file. Whatever cannot be used of a device is left out of it
    /// and said, errors included: the profile holds everything else, however much there was to complain about.
    public func examine(objects: [ConfigNode]) -> ExaminedProfile {
        let findings = Findings()
        let reader = ObjectReader(origin: .edge, findings: findings)
        var draft = ProfileDraft()
        for object in objects { reader.read(object, limits: limits, into: &draft) }
        let profile = ProfileAssembler(draft, findings).profile()
        return ExaminedProfile(profile: profile, diagnostics: findings.inOrder(of: []))
    }

    private func examine(_ files: [SourceFile], _ findings: Findings) -> ExaminedProfile {
        var draft = ProfileDraft()
        for file in files {
            do {
                let documents = try ConfigReader(limits: limits).parse(file.bytes, file: file.name)
                if documents.isEmpty {
                    let place = SourceLocation(file: file.name, line: 1, column: 1)
                    findings.error(at: place, "the file holds nothing")
                }
                let reader = DocumentReader(file: file, limits: limits, findings: findings)
                documents.forEach { reader.read($0, into: &draft) }
            } catch {
                error.diagnostics.forEach(findings.add)
            }
        }
        let profile = ProfileAssembler(draft, findings).profile()
        if !findings.containsErrors, profile.devices.isEmpty {
            findings.warning(at: nil, "there is no device in \(files.map(\.name).joined(separator: ", "))")
        }
        return ExaminedProfile(profile: profile, diagnostics: findings.inOrder(of: files.map(\.name)))
    }
}
