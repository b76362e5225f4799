// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

extension DeviceTwin {
    /// A mapper's `state/update`; silence for whatever EdgeCore does not like.
    mutating func updateState(of device: String, _ payload: [UInt8]) -> [Output] {
        guard let state = parseState(payload), rules.accepts(state: state), let store = stores[device] else {
            return []
        }
        // Newer versions take the name at its word and keep the time for devices that are there.
        let isThere = ["online", "ok"].contains(state.lowercased())
        let lastOnline = version.isBeta && !isThere ? nil : timeText()
        stores[device]?.device.state = state
        if let lastOnline { stores[device]?.device.lastOnline = lastOnline }
        let report = JSONValue.object([
            ("name", WireDevice.filled(store.device.name)),
            ("state", .string(state)),
            (version.isBeta ? "lastOnlineTime" : "last_online", lastOnline.map(JSONValue.string)),
        ])
        let payload = newHeader().message([("device", report)])
        let resource = version.isRevised ? "device/\(device)/state/update" : "device/\(device)/state"
        return [.mqtt(topic: deviceTopic(device, "state/update/result"), payload: payload)]
            + toCloud(resource, "update", payload)
    }

    private func parseState(_ payload: [UInt8]) -> String? {
        do throws(GoJSONError) {
            let fields = try JSONFields(JSONParser.parse(payload), structName: "DeviceUpdate")
            _ = try WireHeader(fields)
            if let attributes = try fields.map("attributes") { _ = try WireAttribute.map(attributes) }
            return try fields.string("state") ?? ""
        } catch {
            return nil
        }
    }

    /// The time in the host's own zone, without saying which; newer versions write UTC.
    private func timeText() -> String {
        var seconds = time_t(now / 1000)
        var parts = tm()
        if version.isBeta {
            gmtime_r(&seconds, &parts)
        } else {
            localtime_r(&seconds, &parts)
        }
        func padded(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
        let date = "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
        let clock = "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
        return version.isBeta ? "\(date)T\(clock)Z" : "\(date) \(clock)"
    }
}
