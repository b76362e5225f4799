// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Presence of beacons")
struct BeaconPresenceTests {
    @Test("a beacon is there until the time is over, and again when it is heard again")
    func presence() {
        var presence = BeaconPresence(timeout: .seconds(10))
        #expect(!presence.isPresent(at: .zero) && presence.absentFrom == nil)
        presence.heard(rssi: -60, at: .seconds(1))
        #expect(presence.isPresent(at: .seconds(1)) && presence.isPresent(at: .milliseconds(10_999)))
        #expect(!presence.isPresent(at: .seconds(11)) && presence.absentFrom == .seconds(11))
        presence.heard(rssi: nil, at: .seconds(60))
        #expect(presence.isPresent(at: .seconds(69)) && presence.lastSeen == .seconds(60))
        // An older report that comes late does not shorten the time.
        presence.heard(rssi: -70, at: .seconds(55))
        #expect(presence.lastSeen == .seconds(60) && presence.rssi == -70)
    }

    @Test("the smoothed strength follows slowly, and begins anew after an absence")
    func smoothing() throws {
        var presence = BeaconPresence(timeout: .seconds(30), smoothing: .seconds(9))
        presence.heard(rssi: -60, at: .seconds(0))
        #expect(presence.smoothedRSSI == -60)
        presence.heard(rssi: -80, at: .seconds(1))
        #expect(presence.smoothedRSSI == -62 && presence.rssi == -80)
        presence.heard(rssi: nil, at: .seconds(2))
        #expect(presence.smoothedRSSI == -62 && presence.rssi == -80)
        presence.heard(rssi: -82, at: .seconds(2))
        #expect(try #require(presence.smoothedRSSI) == -63)
        for second in 3..<200 { presence.heard(rssi: -80, at: .seconds(second)) }
        #expect(abs(try #require(presence.smoothedRSSI) + 80) < 0.01)
        presence.heard(rssi: -40, at: .seconds(500))
        #expect(presence.smoothedRSSI == -40)
    }

    @Test("without smoothing the newest strength counts")
    func noSmoothing() throws {
        var presence = BeaconPresence(timeout: .seconds(30), smoothing: .zero)
        presence.heard(rssi: -60, at: .seconds(0))
        presence.heard(rssi: -80, at: .seconds(1))
        #expect(abs(try #require(presence.smoothedRSSI) + 80) < 0.01)
    }
}
