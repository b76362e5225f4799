// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Finds out why a socket cannot be used, before NIO and gRPC try: their errors do not say it.
package enum SocketPlace: Hashable, Sendable {
    /// There is nothing at the path.
    case missing
    /// The directory of the path is not there.
    case noDirectory(String)
    /// What should be a directory is none.
    case notADirectory(String)
    /// This user may not look into the directory, or make files in it.
    case closedDirectory(String)
    /// A directory is at the path.
    case directory
    /// Something else that is no socket is at the path.
    case otherFile
    /// This user may not use the socket that is there.
    case closedSocket

    /// Why nobody can be reached at a path; `nil` when there is a socket.
    static func obstacle(toReaching path: String) -> SocketPlace? {
        var status = stat()
        guard stat(path, &status) == 0 else { return obstacle(errno, directory(of: path)) }
        if let kind = kind(status) { return kind }
        return access(path, W_OK) == 0 ? nil : .closedSocket
    }

    /// Why a socket cannot be made at a path; `nil` when it can, also in place of one that is there.
    package static func obstacle(toMaking path: String) -> SocketPlace? {
        let directory = directory(of: path)
        var status = stat()
        guard stat(directory, &status) == 0 else {
            return errno == EACCES ? .closedDirectory(directory) : .noDirectory(directory)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return .notADirectory(directory) }
        if lstat(path, &status) == 0 {
            if let kind = kind(status) { return kind }
            if access(path, W_OK) != 0 { return .closedSocket }
        }
        return access(directory, W_OK | X_OK) == 0 ? nil : .closedDirectory(directory)
    }

    private static func obstacle(_ error: Int32, _ directory: String) -> SocketPlace {
        switch error {
        case EACCES: .closedDirectory(directory)
        case ENOTDIR: .notADirectory(directory)
        default: .missing
        }
    }

    private static func kind(_ status: stat) -> SocketPlace? {
        switch status.st_mode & S_IFMT {
        case S_IFSOCK: nil
        case S_IFDIR: .directory
        default: .otherFile
        }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Why EdgeCore is not found, and what helps.
    var reasonForWaiting: String {
        switch self {
        case .missing, .noDirectory: "waiting for EdgeCore, whose socket is not there"
        case .notADirectory(let path): "waiting for EdgeCore: \(path) is no directory; correct the socket's path"
        case .closedDirectory(let path): "waiting for EdgeCore: no permission for \(path): run the mapper as root"
        case .directory:
            "waiting for EdgeCore: a directory is where its socket should be; name the socket, usually dmi.sock in it"
        case .otherFile:
            "waiting for EdgeCore: a file that is no socket is where its socket should be; correct the path"
        case .closedSocket: "waiting for EdgeCore: no permission for its socket: run the mapper as root"
        }
    }

    /// Why a socket cannot be made, and what helps.
    package var reasonForSilence: String {
        switch self {
        case .missing: "nothing can be made there"
        case .noDirectory(let path): "the directory \(path) is not there: make it, or choose another path"
        case .notADirectory(let path): "\(path) is no directory: choose another path"
        case .closedDirectory(let path): "no permission to make a socket in \(path): run as root"
        case .directory: "a directory stands there: name a socket in it"
        case .otherFile: "a file that is no socket stands there: remove it, or choose another path"
        case .closedSocket: "no permission for the socket that stands there: run as root"
        }
    }
}
