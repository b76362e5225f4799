// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is something about scanning that a log or a metric may want.
enum HCIScanNotice: Hashable, Sendable {
    /// Scanning has begun, with these commands.
    case scanning(HCIDialect)
    /// Nothing was heard for so long; scanning is begun anew.
    case silent(Duration)
    /// The controller refused a command; it is tried again after a pause.
    case refused(opcode: UInt16, status: UInt8, retryAfter: Duration)
    /// The controller did not answer a command; it is tried again after a pause.
    case unanswered(opcode: UInt16, retryAfter: Duration)
    /// A command could not be sent; it is tried again after a pause.
    case notSent(BluetoothErrno, retryAfter: Duration)
    /// The adapter is gone; a new scanner is needed once it is back.
    case closed(BluetoothErrno)
}

extension HCIScanNotice: CustomStringConvertible {
    var description: String {
        switch self {
        case .scanning(.legacy): "scanning"
        case .scanning(.extended): "scanning with Bluetooth 5's commands"
        case .silent(let time): "no advertisement heard for \(time), scanning is begun anew"
        case .refused(let opcode, let status, let pause):
            "the controller refused command 0x\(String(opcode, radix: 16)) (status 0x\(String(status, radix: 16))); "
                + "somebody else may be scanning or connecting; once more in \(pause)"
        case .unanswered(let opcode, let pause):
            "the controller did not answer command 0x\(String(opcode, radix: 16)); it may hang, switching the adapter "
                + "off and on may help; once more in \(pause)"
        case .notSent(let error, let pause): "cannot scan: \(error); once more in \(pause)"
        case .closed(let error): "scanning has ended: \(error)"
        }
    }
}
