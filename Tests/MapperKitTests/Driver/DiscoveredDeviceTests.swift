// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperKit

@Suite("A device that was found")
struct DiscoveredDeviceTests {
    @Test(
        "Its name is one that Kubernetes and EdgeCore take, whatever it calls itself",
        arguments: [
            ("LYWSD03MMC A4:C1:38", "lywsd03mmc-a4-c1-38"), ("Küche / 2", "k-che-2"), ("", "unnamed"),
            ("--", "unnamed"), ("x/+#y", "x-y"), ("event", "device-event"), ("Device", "device-device"),
            (String(repeating: "a", count: 62) + " b", String(repeating: "a", count: 62)),
        ]
    )
    func name(text: String, name: String) {
        var device = DiscoveredDevice(name: text, summary: "", protocolConfig: [:])
        #expect(device.name == name)
        device.name = text
        #expect(device.name == name)
    }

    @Test("Its properties have names that twins take, each once")
    func properties() {
        let names = ["water level", "water-level", "ok", String(repeating: "n", count: 200), ""]
        let properties = names.map {
            DiscoveredDevice.Property(DeviceModel.Property(name: $0, dataType: .int), visitor: [:])
        }
        let device = DiscoveredDevice(name: "a", summary: "", protocolConfig: [:], properties: properties)
        #expect(
            device.properties.map(\.model.name) == [
                "water-level", "ok", String(repeating: "n", count: 128), "property",
            ]
        )
    }
}
