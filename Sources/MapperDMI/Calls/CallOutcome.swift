// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore

/// How a request to EdgeCore ended.
enum CallOutcome: Equatable, Sendable, CustomStringConvertible {
    /// EdgeCore took it.
    case accepted
    /// EdgeCore had too many requests; it takes it later.
    case tooMany
    /// EdgeCore knows no such request.
    case unimplemented
    /// EdgeCore took it and said no.
    case refused(String)
    /// EdgeCore cannot be reached, or does not answer.
    case lost(String)

    var description: String {
        switch self {
        case .accepted: "OK"
        case .tooMany: "too many requests"
        case .unimplemented: "not implemented"
        case .refused(let reason): "refused: \(reason)"
        case .lost(let reason): "lost: \(reason)"
        }
    }

    /// Reads an error; every one that EdgeCore makes on purpose has the code UNKNOWN and a text.
    ///
    /// UNKNOWN is also what this side makes of a connection that breaks while it writes, with the cause or without text:
    /// nothing was said no to then.
    init(_ error: any Error) {
        guard let error = error as? RPCError else {
            self = .lost(String(describing: error))
            return
        }
        guard error.cause == nil, !error.message.isEmpty, !Task.isCancelled else {
            self = .lost("\(error.code): \(error.message)")
            return
        }
        switch error.code {
        case .unimplemented: self = .unimplemented
        case .unknown where error.message.contains("too many request"): self = .tooMany
        case .unknown, .invalidArgument, .notFound, .failedPrecondition, .permissionDenied, .outOfRange:
            self = .refused(error.message)
        case .resourceExhausted: self = .refused(error.message)
        default: self = .lost("\(error.code): \(error.message)")
        }
    }
}
