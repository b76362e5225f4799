// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Keeps the decoder of each device beyond its session: what an encrypted beacon has counted up to must not be forgotten
/// while it is away, or somebody could play its old packets back.
final class BeaconDecoders: Sendable {
    private struct Entry {
        var key: BindKey?
        var address: BluetoothAddress
        var decoder: BeaconDecoder
        /// Those of addresses that the device has proved to be its own before, the oldest first.
        var earlier: [BluetoothAddress: BeaconDecoder] = [:]
        var order: [BluetoothAddress] = []

        init(_ address: BluetoothAddress, _ key: BindKey?) {
            self.key = key
            self.address = address
            decoder = BeaconDecoder(address: address, key: key)
        }

        mutating func move(to other: BluetoothAddress) {
            if decoder.hasOpened {
                earlier[address] = decoder
                order.append(address)
                if order.count > BeaconDecoders.addressesKept { earlier[order.removeFirst()] = nil }
            }
            order.removeAll { $0 == other }
            decoder = earlier.removeValue(forKey: other) ?? BeaconDecoder(address: other, key: key)
            address = other
        }
    }

    /// For how many of a device's former addresses it is known what was counted: for most of a day where it takes
    /// another one every quarter of an hour.
    static let addressesKept = 64

    private let entries: Mutex<[DeviceID: Entry]> = Mutex([:])

    /// What an advertisement of a device tells.
    ///
    /// One that shows up under another address begins anew, but under the first one goes on where it was: somebody who
    /// only shows up in between must not make its old packets new ones.
    func decode(
        _ advertisement: Advertisement,
        of device: DeviceID,
        key: BindKey?
    ) -> [Result<BeaconReading, BeaconError>] {
        entries.withLock { entries in
            var entry = entries[device].flatMap { $0.key == key ? $0 : nil } ?? Entry(advertisement.address, key)
            if entry.address != advertisement.address { entry.move(to: advertisement.address) }
            defer { entries[device] = entry }
            return entry.decoder.decode(advertisement.data)
        }
    }
}
