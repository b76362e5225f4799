// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

/// The example of the article on testing.
@Suite struct RefreshTests {
    @Test("a value that stays is reported again after ten minutes")
    func refresh() async throws {
        let clock = ManualClock()
        let driver = ScriptedDriver()
        let device = DeviceID("boiler")
        driver[device].set("temperature", .double(21.5))
        try await withMapper(driver, profile: boiler, clock: clock) { edge in
            try await edge.expectReport("temperature", 21.5)
            try await edge.expectNoReport("temperature") { await clock.advance(by: .seconds(590), keeping: 1) }
            edge.forget()
            await clock.advance(by: .seconds(11), keeping: 1)
            try await edge.expectReport("temperature", 21.5)
        }
    }

    private var boiler: DeviceProfile {
        let temperature = DeviceModel.Property(name: "temperature", dataType: .float)
        let nothing = ConfigNode(.mapping([]))
        return DeviceProfile(devices: [
            DeviceInstance(
                id: DeviceID("boiler"),
                modelName: "boiler",
                protocolName: "scripted",
                protocolConfig: nothing,
                properties: [Property(model: temperature, visitor: nothing)]
            )
        ])
    }
}
