// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
@testable import MapperMQTT
import Testing

@Suite(.timeLimit(.minutes(1))) struct DirectoryWatchTests {
    /// A directory as kubelet mounts a ConfigMap: files are links into `..data`, itself a link that is swapped.
    @Test func noticesHowFilesChange() async throws {
        let files = FileManager.default
        let directory = files.temporaryDirectory.appending(path: "watch-\(UUID().uuidString)")
        try files.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: directory) }
        let (changes, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let watch = try DirectoryWatch([directory.path, "/nowhere"]) { continuation.yield() }
        var iterator = changes.makeAsyncIterator()
        let map = MountedConfigMap(directory: directory)

        try map.publish("first")
        #expect(await iterator.next(isolation: #isolation) != nil)
        try map.publish("second")
        #expect(await iterator.next(isolation: #isolation) != nil)
        #expect(try String(contentsOf: map.file, encoding: .utf8) == "second")
        try "plain".write(to: directory.appending(path: "x.json"), atomically: false, encoding: .utf8)
        #expect(await iterator.next(isolation: #isolation) != nil)
        try files.removeItem(at: directory)
        #expect(await iterator.next(isolation: #isolation) != nil)
        try files.createDirectory(at: directory, withIntermediateDirectories: true)
        watch.watch([directory.path])
        try "plain".write(to: directory.appending(path: "x.json"), atomically: false, encoding: .utf8)
        #expect(await iterator.next(isolation: #isolation) != nil)
    }
}
