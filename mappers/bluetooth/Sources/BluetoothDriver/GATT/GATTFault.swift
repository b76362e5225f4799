// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what is wrong with what a profile wants of a peripheral.
enum GATTFault: Error, Hashable, Sendable {
    /// The peripheral has no such characteristic.
    case absent(GATTPlace)
    /// There are so many of them.
    case ambiguous(GATTPlace, Int)
    /// A request failed.
    case failed(ATTFault)
    /// What the server has put aside for writing is something else than what was sent; nothing was written.
    case wrongEcho
    /// The value has more bytes than a value can have.
    case tooLong(Int)
    /// The characteristic cannot send its values by itself.
    case noSubscription
    /// What the peripheral says about the value does not go with the profile.
    case unsuitable(String)
    /// The peripheral wanted the link to be protected, which failed.
    case unprotected(ATTErrorCode, L2CAPFault)
}

extension GATTFault: CustomStringConvertible {
    /// A sentence without its subject, which the caller knows.
    var description: String {
        switch self {
        case .absent(let place): "the peripheral has no \(place)"
        case .ambiguous(let place, let count):
            "the peripheral has \(count) of \(place): name the 'serviceUUID' or the 'instance' (1…\(count))"
        case .failed(let fault): "\(fault)"
        case .wrongEcho: "the peripheral repeated other bytes than were sent; nothing was written"
        case .tooLong(let count): "\(count) bytes are more than the 512 of a value"
        case .unsuitable(let reason): reason
        case .unprotected(let code, let fault): "\(code), and the link could not be protected: \(fault)"
        case .noSubscription: "the characteristic sends no values by itself (neither notify nor indicate)"
        }
    }
}
