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
    /// A directory that is not there yet cannot give notice; it is looked for this often.
    private static let searchInterval = Duration.seconds(2)

    let paths: [String]
    let load: @Sendable () throws(ConfigurationError) -> LoadedProfile
    let signal: ChangeSignal
    let clock: any MapperClock
    let logger: Logger

    /// Runs until the task is cancelled.
    func run(startingWith current: DeviceProfile, onChange: (DeviceProfile) -> Void) async {
        let watch = startWatch()
        let poll = Poll(clock: clock, signal: signal)
        async let polling: Void = poll.run {
            watch?.watch(directories) == false ? Self.searchInterval : Self.pollInterval
        }
        var files = ProfileFiles(current: current)
        // The files may have changed between the first load and the watch.
        signal.raise()
        await signal.forEachQuiet(clock) {
            // Before the look, so that nothing escapes in a directory that has just come.
            watch?.watch(directories)
            let finding = files.look(FileFingerprint(paths), load: load)
            handle(finding, files.hasProfile, onChange)
        }
        await polling
    }

    private var directories: Set<String> { Set(paths.flatMap(Self.directories)) }

    private func startWatch() -> DirectoryWatch? {
        do throws(MQTTError) {
            return try DirectoryWatch(directories) { [signal] in signal.raise() }
        } catch {
            logger.warning("changes of the profile are noticed late", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    private func handle(
        _ finding: ProfileFiles.Finding,
        _ hasProfile: Bool,
        _ onChange: (DeviceProfile) -> Void
    ) {
        switch finding {
        case .nothingNew: break
        case .changed(let profile, let warnings):
            for warning in warnings { logger.warning("\(warning)") }
            logger.info("the profile changed", metadata: ["devices": "\(profile.devices.count)"])
            onChange(profile)
        case .refused(let diagnostics):
            for diagnostic in diagnostics { logger.error("\(diagnostic)") }
            logger.error(
                hasProfile
                    ? "the profile on disk is refused, the one before stays in force"
                    : "the profile on disk is refused, no device is served until a better one comes"
            )
        case .missing(let paths):
            logger.warning(
                "the profile is gone from disk, the one before stays in force",
                metadata: ["path": "\(paths.joined(separator: ", "))"]
            )
        case .awaited(let paths):
            logger.info(
                "the profile is not there yet, devices are served as soon as it comes",
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
