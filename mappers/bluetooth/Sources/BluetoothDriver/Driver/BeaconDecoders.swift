// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Keeps the decoder of each device beyond its session: what an encrypted beacon has counted up to must not be forgotten
/// while it is away, or somebody could play its old packets back.
final class BeaconDecoders: Sendable {
    private struct Entry {
        var address: BluetoothAddress
        var key: BindKey?
        var decoder: BeaconDecoder
    }

    private let entries: Mutex<[DeviceID: Entry]> = Mutex([:])

    /// What an advertisement of a device tells; one that shows up under another address begins anew.
    func decode(
        _ advertisement: Advertisement,
        of device: DeviceID,
        key: BindKey?
    ) -> [Result<BeaconReading, BeaconError>] {
        entries.withLock { entries in
            var entry =
                entries[device].flatMap { $0.address == advertisement.address && $0.key == key ? $0 : nil }
                ?? Entry(
                    address: advertisement.address,
                    key: key,
                    decoder: BeaconDecoder(address: advertisement.address, key: key)
                )
            defer { entries[device] = entry }
            return entry.decoder.decode(advertisement.data)
        }
    }
}
