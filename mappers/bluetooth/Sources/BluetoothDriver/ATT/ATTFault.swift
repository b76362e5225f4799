// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says why a request brought no answer, or none that counts.
enum ATTFault: Error, Hashable, Sendable {
    /// The server said no.
    case refused(ATTErrorCode)
    /// Nothing came for so long; the link is of no use any more (Core Specification, Vol 3 Part F 3.3.3).
    case timedOut(Duration)
    /// The link is gone; the system's error number, 0 when the other side just closed it.
    case closed(CInt)
    /// The answer was none to this request.
    case malformed(String)
    /// The request does not fit into what this link carries.
    case tooLong(Int)
    /// The server has said that its attributes have other handles from now on.
    case tableChanged
    /// Whoever asked does not want to know any more.
    case cancelled
}
