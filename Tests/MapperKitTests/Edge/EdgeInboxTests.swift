// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite("Inbox")
struct EdgeInboxTests {
    private let device = DeviceID("a")

    @Test("Waiting events are replaced by newer ones about the same thing, profiles first")
    func coalesces() async {
        let inbox = EdgeInbox()
        inbox.put(.desired(device, ["x": DesiredValue("1"), "y": DesiredValue("1")]))
        inbox.put(.desired(device, ["x": DesiredValue("2")]))
        inbox.put(.profile(DeviceProfile()))
        inbox.put(.profile(DeviceProfile(models: [DeviceModel(id: DeviceID("m"), properties: [])])))
        let models = [DeviceModel(id: DeviceID("m"), properties: [])]
        #expect(await inbox.next() == .profile(DeviceProfile(models: models)))
        #expect(await inbox.next() == .desired(device, ["x": DesiredValue("2"), "y": DesiredValue("1")]))
    }

    @Test("Of a wish and its withdrawal the later one counts")
    func withdrawal() async {
        let inbox = EdgeInbox()
        inbox.put(.desired(device, ["x": DesiredValue("1"), "y": DesiredValue("1")]))
        inbox.put(.desiredCleared(device, ["x"]))
        #expect(await inbox.next() == .desiredCleared(device, ["x"]))
        #expect(await inbox.next() == .desired(device, ["y": DesiredValue("1")]))
    }

    @Test("A waiting consumer is woken by an event, by the end, and by cancellation")
    func wakes() async {
        let inbox = EdgeInbox()
        async let first = inbox.next()
        inbox.put(.desiredCleared(device, ["x"]))
        #expect(await first == .desiredCleared(device, ["x"]))
        let waiting = Task { await inbox.next() }
        waiting.cancel()
        #expect(await waiting.value == nil)
        inbox.finish()
        #expect(await inbox.next() == nil)
    }
}
