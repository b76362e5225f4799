// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
@testable import MapperMQTT
import MapperProfile
import Testing

@Suite struct ProfileFilesTests {
    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    private func write(_ text: String, _ name: String = "p.json") throws {
        try text.write(to: directory.appending(path: name), atomically: true, encoding: .utf8)
    }

    private var path: String { directory.appending(path: "p.json").path }

    @Test func loadsOnlyWhatChangedAndSaysEachFaultOnce() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let first = DeviceProfile(devices: [CoreBench.device()])
        let second = DeviceProfile(devices: [CoreBench.device(), CoreBench.device(DeviceID("d2"))])
        let fault = Diagnostic.error(at: nil, "broken")
        var files = ProfileFiles(current: first)
        var loads = 0
        func look(_ result: Result<DeviceProfile, ConfigurationError>) -> ProfileFiles.Finding {
            files.look(FileFingerprint([path])) { () throws(ConfigurationError) in
                loads += 1
                return LoadedProfile(profile: try result.get(), warnings: [])
            }
        }
        #expect(look(.success(first)) == .missing([path]))
        #expect(look(.success(first)) == .nothingNew)
        try write("1")
        #expect(look(.success(first)) == .nothingNew)
        #expect(loads == 1)
        #expect(look(.success(second)) == .nothingNew)
        #expect(loads == 1)
        try write("22")
        #expect(look(.success(second)) == .changed(second, warnings: []))
        try write("333")
        #expect(look(.failure(ConfigurationError([fault]))) == .refused([fault]))
        try write("4444")
        #expect(look(.failure(ConfigurationError([fault]))) == .nothingNew)
        try write("55555")
        #expect(look(.success(second)) == .nothingNew)
        try write("666666")
        #expect(look(.failure(ConfigurationError([fault]))) == .refused([fault]))
        #expect(files.current == second)
        try FileManager.default.removeItem(atPath: path)
        #expect(look(.success(first)) == .missing([path]))
        #expect(files.current == second)
    }

    /// A ConfigMap may be mounted while it has no file yet, and may lose its file later.
    @Test func anEmptyConfigMapIsNoProfileAndTakesNoneAway() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let profile = DeviceProfile(devices: [CoreBench.device()])
        let map = MountedConfigMap(directory: directory)
        let path = map.file.path
        var files = ProfileFiles(current: DeviceProfile())
        func look() -> ProfileFiles.Finding {
            files.look(FileFingerprint([path])) { () throws(ConfigurationError) in
                LoadedProfile(profile: profile, warnings: [])
            }
        }
        #expect(look() == .awaited([path]))
        #expect(!files.hasProfile)
        try map.publish("1")
        #expect(look() == .changed(profile, warnings: []))
        #expect(files.hasProfile)
        try map.publishNothing()
        #expect(FileManager.default.fileExists(atPath: directory.appending(path: "..data").path))
        #expect(look() == .missing([path]))
        #expect(look() == .nothingNew)
        #expect(files.current == profile)
        try map.publish("1")
        #expect(look() == .nothingNew)
    }

    @Test func aFingerprintSeesWhatTheLoaderReads() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try write("a", "a.yaml")
        let folder = FileFingerprint([directory.path])
        #expect(folder == FileFingerprint([directory.path]))
        try write("b", "b.yaml")
        let two = FileFingerprint([directory.path])
        #expect(two != folder)
        try write("B", "b.yaml")
        #expect(FileFingerprint([directory.path]) != two)
        #expect(FileFingerprint([directory.path, "/nowhere"]).missing == ["/nowhere"])
    }
}
