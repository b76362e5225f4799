// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import MapperKit
import MapperProfile

/// Keeps an eye on the profile's files and hands on each new profile that can be used.
struct ProfileWatch {
    /// Also without a notice the files are looked at this often: notices do not cross every kind of file system.
    private static let pollInterval = Duration.seconds(30)

    let paths: [String]
    let load: @Sendable () throws(ConfigurationError) -> LoadedProfile
    let signal: ChangeSignal
    let clock: any MapperClock
    let logger: Logger

    /// Runs until the task is cancelled.
    func run(startingWith current: DeviceProfile, onChange: (DeviceProfile) -> Void) async {
        let directories = Set(paths.flatMap(Self.directories))
        let watch = startWatch(directories)
        let poll = Poll(clock: clock, interval: Self.pollInterval, signal: signal)
        async let polling: Void = poll.run { watch?.watch(directories) }
        var files = ProfileFiles(current: current)
        // The files may have changed between the first load and the watch.
        signal.raise()
        await signal.forEachQuiet(clock) {
            handle(files.look(FileFingerprint(paths), load: load), onChange)
        }
        await polling
    }

    private func startWatch(_ directories: Set<String>) -> DirectoryWatch? {
        do throws(MQTTError) {
            return try DirectoryWatch(directories) { [signal] in signal.raise() }
        } catch {
            logger.warning("changes of the profile are noticed late", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    private func handle(_ finding: ProfileFiles.Finding, _ onChange: (DeviceProfile) -> Void) {
        switch finding {
        case .nothingNew: break
        case .changed(let profile, let warnings):
            for warning in warnings { logger.warning("\(warning)") }
            logger.info("the profile changed", metadata: ["devices": "\(profile.devices.count)"])
            onChange(profile)
        case .refused(let diagnostics):
            for diagnostic in diagnostics { logger.error("\(diagnostic)") }
            logger.error("the profile on disk is refused, the one before stays in force")
        case .missing(let paths):
            logger.warning(
                "the profile is gone from disk, the one before stays in force",
                metadata: ["path": "\(paths.joined(separator: ", "))"]
            )
        }
    }

    /// The directories in which a change of a path shows: its own if it is one, and the one around it.
    private static func directories(of path: String) -> [String] {
        let isDirectory = (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return (isDirectory ? [path] : []) + [parent.isEmpty ? "/" : parent]
    }
}
