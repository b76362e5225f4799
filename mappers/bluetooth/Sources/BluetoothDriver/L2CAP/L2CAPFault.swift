// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says why a link to a peripheral did not come about, or is not as safe as it has to be.
enum L2CAPFault: Error, Hashable, Sendable {
    /// The system's answer.
    case system(BluetoothErrno)
    /// The peripheral was not heard for so long, or not under this kind of address.
    case timedOut(Duration)
    /// Whoever asked does not want to know any more.
    case cancelled
    /// The link did not become encrypted, although nothing was said against it.
    case stillOpen
    /// Pairing has failed, for the reason that follows.
    case notPaired(String)
}

extension L2CAPFault: CustomStringConvertible {
    /// The reason, without its subject.
    var description: String {
        switch self {
        case .system(let error): "\(error)"
        case .timedOut(let limit):
            "nothing within \(limit): out of reach, switched off, it only advertises, or its address is of the other type"
        case .cancelled: "cancelled"
        case .stillOpen: "the link did not become encrypted"
        case .notPaired(let reason): "pairing failed: \(reason)"
        }
    }
}
