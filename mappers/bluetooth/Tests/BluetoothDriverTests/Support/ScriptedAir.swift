// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

@testable import BluetoothDriver

/// Is a radio on which a test plays the advertisers, at times of its own.
final class ScriptedAir: Radio {
    let air: AirListeners
    private let address: BluetoothAddress

    init(_ address: BluetoothAddress, clock: any MapperClock) {
        self.address = address
        air = AirListeners(clock: clock)
    }

    /// Has an advertiser heard.
    func advertise(_ data: [UInt8], from other: BluetoothAddress? = nil, rssi: Int8 = -60) {
        let sender = (other ?? address).littleEndianBytes
        air.hear([0x02, 1, 3, 1] + sender + [UInt8(data.count)] + data + [UInt8(bitPattern: rssi)])
    }

    func listen(
        to wanted: WantedPeer,
        _ hear: @escaping @Sendable (Advertisement) -> Void
    ) async throws(DeviceError) -> Listening {
        let place = air.add(wanted, hear)
        return Listening { [air] in air.remove(place) }
    }

    func connect(to wanted: WantedPeer, as terms: LinkTerms) async throws(DeviceError) -> RadioLink {
        throw DeviceError(.unreachable, "nobody connects here")
    }
}
