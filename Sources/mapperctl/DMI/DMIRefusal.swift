// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Why EdgeCore's DMI server does not do what a mapper asks for.
enum DMIRefusal: Error, Hashable, Sendable {
    /// An error of EdgeCore's own; on the wire always of the code UNKNOWN.
    case error(String)
    /// This version does not have the procedure.
    case unimplemented(String)
    /// The request would be the end of the process: nothing catches the access to a message that is not there.
    case crash(String)

    /// What the mapper sees, as far as the server can say it.
    var message: String {
        switch self {
        case .error(let text), .unimplemented(let text): text
        // What a client makes of a connection that breaks while it waits.
        case .crash: "Stream removed (Socket closed)"
        }
    }
}
