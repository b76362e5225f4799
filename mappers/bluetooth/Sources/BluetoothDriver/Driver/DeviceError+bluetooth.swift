// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension DeviceError {
    /// Says what a request to a peripheral came to.
    /// - Parameter deed: What was tried, as the beginning of the sentence: `reading characteristic 2a19`.
    init(_ fault: ATTFault, _ deed: String, of peer: Peer) {
        let beginning = "\(deed) of \(peer)"
        switch fault {
        case .refused(let code):
            self.init(code.isTransient ? .busy : .rejected, "\(beginning): \(code)", underlyingError: fault)
        case .timedOut(let limit):
            self.init(.timedOut, "\(beginning): no answer within \(limit)", underlyingError: fault)
        case .closed(0):
            self.init(.disconnected, "\(beginning): the device ended the connection", underlyingError: fault)
        case .closed(let number):
            self.init(.disconnected, "\(beginning): \(BluetoothErrno(number))", underlyingError: fault)
        case .malformed(let what): self.init(.malformedResponse, "\(beginning): \(what)", underlyingError: fault)
        case .tooLong(let count):
            self.init(.unsupported, "\(beginning): \(count) bytes do not fit into a packet", underlyingError: fault)
        case .tableChanged:
            let reason = "the device has changed its services, which are looked for anew"
            self.init(.disconnected, "\(beginning): \(reason)", underlyingError: fault)
        case .cancelled: self.init(.cancelled, "\(beginning): cancelled", underlyingError: fault)
        }
    }

    /// Says what a procedure with a peripheral came to.
    init(_ fault: GATTFault, _ deed: String, of peer: Peer) {
        switch fault {
        case .failed(let fault): self.init(fault, deed, of: peer)
        case .wrongEcho:
            self.init(.malformedResponse, "\(deed) of \(peer): \(fault)", underlyingError: fault)
            // Nothing is written before the whole value was repeated rightly.
            mayHaveBeenExecuted = false
        case .unprotected: self.init(.rejected, "\(deed) of \(peer): \(fault)", underlyingError: fault)
        case .absent, .ambiguous, .tooLong, .noSubscription, .unsuitable:
            self.init(.unsupported, "\(deed) of \(peer): \(fault)", underlyingError: fault)
        }
    }

    /// Says why there is no link, or not the one that is needed.
    init(_ fault: L2CAPFault, _ deed: String, to peer: Peer) {
        let code: Code =
            switch fault {
            case .system, .timedOut: .unreachable
            case .stillOpen, .notPaired: .rejected
            case .cancelled: .cancelled
            }
        self.init(code, "\(deed) \(peer): \(fault)", underlyingError: fault)
    }
}
