// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why a beacon's data gave no reading.
enum BeaconError: Error, Hashable, Sendable {
    /// It ends before it should.
    case truncated(BeaconFormat)
    /// It breaks its format's rules.
    case malformed(BeaconFormat, String)
    /// It is encrypted, and no key was given.
    case keyNeeded(BeaconFormat)
    /// The key does not open it.
    case wrongKey(BeaconFormat)
    /// It is encrypted in a way that is not supported.
    case encrypted(BeaconFormat)
    /// It is in the clear although there is a key, so that anybody may have sent it.
    case notEncrypted(BeaconFormat)
    /// Its counter was seen before.
    case replayed(BeaconFormat, counter: UInt32, last: UInt32)
    /// It names another device than the one that sent it.
    case otherDevice(BeaconFormat, BluetoothAddress)
}

extension BeaconError: CustomStringConvertible {
    /// The sentence for the log.
    var description: String {
        switch self {
        case .truncated(let format): "\(format) data that ends too early"
        case .malformed(let format, let what): "\(format) data with \(what)"
        case .keyNeeded(let format): "\(format) data that is encrypted; a bind key is needed"
        case .wrongKey(let format): "\(format) data that the bind key does not open; the key is another device's or old"
        case .encrypted(let format): "\(format) data in an encryption that is not supported"
        case .notEncrypted(let format): "\(format) data in the clear although the device has a bind key"
        case .replayed(let format, let counter, let last):
            "\(format) data with the counter \(counter) after \(last); it may be a recording"
        case .otherDevice(let format, let address): "\(format) data of another device, \(address)"
        }
    }
}
