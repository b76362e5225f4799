// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceTwin {
    /// The cloud's `device/<id>` with attributes.
    mutating func updateAttributes(of device: String, _ payload: [UInt8]) -> [Output] {
        do throws(GoJSONError) {
            let fields = try JSONFields(JSONParser.parse(payload), structName: "DeviceUpdate")
            let header = try WireHeader(fields)
            let attributes = try fields.map("attributes").map { members throws(GoJSONError) in
                try WireAttribute.map(members)
            }
            return updateAttributes(of: device, attributes ?? [:], isWhole: false, eventID: header.eventID)
        } catch {
            return []
        }
    }

    /// - Parameter isWhole: Whether attributes that are not named go away.
    mutating func updateAttributes(
        of device: String,
        _ wanted: [String: WireAttribute?],
        isWhole: Bool,
        eventID: String
    ) -> [Output] {
        guard var attributes = stores[device]?.attributes else { return [] }
        var told: [String: JSONValue] = [:]
        for (name, wanted) in wanted { told[name] = Self.update(&attributes[name], to: wanted)?.json }
        for (name, _) in attributes where wanted[name] == nil && isWhole {
            attributes[name] = nil
            told[name] = .null
        }
        stores[device]?.attributes = attributes
        guard !told.isEmpty else { return [] }
        let header = WireHeader(eventID: eventID, timestamp: now)
        let payload = header.message([("attributes", .map(told))])
        return [.mqtt(topic: deviceTopic(device, "updated"), payload: payload)]
    }

    /// - Returns: what has changed; `nil` when nothing has.
    private static func update(_ attribute: inout WireAttribute?, to wanted: WireAttribute?) -> WireAttribute? {
        guard let wanted, wanted != attribute else { return nil }
        attribute = wanted
        return wanted
    }
}
