// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
@testable import MapperMQTT
import MapperProfile
import MapperTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProfileWatchTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: "watch-\(UUID().uuidString)")
    private let clock = ManualClock()

    private func watch(_ path: String, _ log: LogReader) -> (Task<Void, Never>, AsyncStream<DeviceProfile>) {
        let watch = ProfileWatch(
            paths: [path],
            load: { () throws(ConfigurationError) in try ProfileLoader().load([path]) },
            signal: ChangeSignal(),
            clock: clock,
            logger: log.logger
        )
        let (profiles, continuation) = AsyncStream<DeviceProfile>.makeStream(bufferingPolicy: .bufferingNewest(9))
        return (Task { await watch.run(startingWith: DeviceProfile()) { continuation.yield($0) } }, profiles)
    }

    /// Lets the watch look at what it was told of: besides the poll, it waits for quiet.
    private func look() async {
        await clock.waitForSleepers(2)
        await clock.advance(by: .milliseconds(200), keeping: 1)
    }

    @Test func findsADirectoryThatComesLateWithinTwoSeconds() async throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let map = MountedConfigMap(directory: root.appending(path: "far/away"))
        var log = LogReader()
        let (running, profiles) = watch(map.file.path, log)
        await look()
        #expect(await log.next() == "info: the profile is not there yet, devices are served as soon as it comes")
        try FileManager.default.createDirectory(at: map.directory, withIntermediateDirectories: true)
        try map.publish(LenientProfile.json)
        await clock.advance(by: .milliseconds(1800), keeping: 1)
        #expect(clock.uptime == .seconds(2))
        await look()
        var iterator = profiles.makeAsyncIterator()
        #expect(await iterator.next(isolation: #isolation)?.devices.count == 2)
        running.cancel()
        await running.value
    }

    @Test func noticesWhatComesIntoADirectoryThatWasNotThere() async throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        let map = MountedConfigMap(directory: root.appending(path: "profile"))
        var log = LogReader()
        let (running, profiles) = watch(map.directory.path, log)
        await look()
        #expect(await log.next()?.hasPrefix("info: the profile is not there yet") == true)
        try FileManager.default.createDirectory(at: map.directory, withIntermediateDirectories: true)
        await look()
        #expect(await log.next()?.contains("no *.json") == true)
        #expect(
            await log.next() == "error: the profile on disk is refused, no device is served until a better one comes"
        )
        // No poll comes to help: the clock has far to go until the next.
        try map.publish(LenientProfile.json)
        // It is not quiet before the last of several notices has come.
        let looking = Task { while !Task.isCancelled { await look() } }
        var iterator = profiles.makeAsyncIterator()
        #expect(await iterator.next(isolation: #isolation)?.devices.count == 2)
        #expect(clock.uptime < .seconds(30))
        looking.cancel()
        running.cancel()
        await running.value
    }
}
