// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Watches directories for files that come, go or were rewritten, with inotify on a thread that sleeps in between.
///
/// Directories, not files: kubelet replaces a ConfigMap's files by renaming the symbolic link `..data` beside them.
@safe final class DirectoryWatch: Sendable {
    private static let events =
        UInt32(IN_CREATE) | UInt32(IN_MOVED_TO) | UInt32(IN_MOVED_FROM) | UInt32(IN_CLOSE_WRITE) | UInt32(IN_DELETE)
        | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)

    private let descriptor: CInt
    private let end: WakePipe

    /// Starts watching; a directory that is not there is left out until ``watch(_:)`` finds it.
    init(_ directories: Set<String>, onChange: @escaping @Sendable () -> Void) throws(MQTTError) {
        end = try WakePipe()
        descriptor = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
        guard descriptor >= 0 else {
            throw MQTTError(.systemFailure, "no inotify: \(SystemErrors.text(errno))")
        }
        watch(directories)
        try OwnThread.start { [descriptor, end] in Self.run(descriptor, until: end, onChange) }
    }

    deinit {
        end.wake()
    }

    /// Watches directories, also those that were deleted and made again since.
    /// - Returns: whether all of them are there.
    @discardableResult
    func watch(_ directories: Set<String>) -> Bool {
        let failures = directories.filter { unsafe inotify_add_watch(descriptor, $0, Self.events) < 0 }
        return failures.isEmpty
    }

    private static func run(_ descriptor: CInt, until end: WakePipe, _ onChange: () -> Void) {
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            var polled = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: end.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&polled, 2, -1) > 0 || errno == EINTR else { return }
            if polled[1].revents != 0 { return }
            // What happened does not matter: the files themselves are looked at.
            while unsafe read(descriptor, &buffer, buffer.count) > 0 {}
            onChange()
        }
    }
}
