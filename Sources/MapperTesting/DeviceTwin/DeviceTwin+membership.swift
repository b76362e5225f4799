// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceTwin {
    /// The cloud's `membership`: devices added to the node, or taken away.
    mutating func updateMembership(_ payload: [UInt8]) -> [Output] {
        guard let (added, removed) = parseMembership(payload) else { return [] }
        return added.flatMap { add($0) } + removed.flatMap { remove($0) }
    }

    private func parseMembership(_ payload: [UInt8]) -> (added: [WireDevice], removed: [WireDevice])? {
        func devices(_ name: String, _ fields: JSONFields) throws(GoJSONError) -> [WireDevice] {
            var devices: [WireDevice] = []
            for element in try fields.array(name) ?? [] {
                let member = JSONValue.Member(key: name, value: element)
                devices.append(try WireDevice(JSONFields(member, structName: "Device")))
            }
            return devices
        }
        do throws(GoJSONError) {
            let fields = try JSONFields(JSONParser.parse(payload), structName: "MembershipUpdate")
            _ = try WireHeader(fields)
            return (try devices("added_devices", fields), try devices("removed_devices", fields))
        } catch {
            return nil
        }
    }

    /// A device that is there already is brought up to date, and nobody is told that it was added.
    private mutating func add(_ device: WireDevice) -> [Output] {
        if stores[device.id] != nil {
            return updateAttributes(of: device.id, device.attributes ?? [:], isWhole: true, eventID: "")
                + change(device.twins, of: device.id, by: .cloud, eventID: "")
        }
        var known = WireDevice(id: device.id, name: device.name)
        known.description = device.description
        known.state = device.state
        stores[device.id] = TwinStore(known)
        var outputs: [Output] = []
        if let twins = device.twins { outputs += change(twins, of: device.id, by: .cloud, eventID: "") }
        if let attributes = device.attributes {
            outputs += updateAttributes(of: device.id, attributes, isWhole: true, eventID: "")
        }
        return outputs + [membershipUpdated(added: device, removed: nil)]
    }

    private mutating func remove(_ device: WireDevice) -> [Output] {
        guard stores.removeValue(forKey: device.id) != nil else { return [] }
        return [membershipUpdated(added: nil, removed: device)]
    }

    private func membershipUpdated(added: WireDevice?, removed: WireDevice?) -> Output {
        func list(_ device: WireDevice?) -> JSONValue { device.map { .array([$0.json]) } ?? .null }
        let payload = newHeader().message([("added_devices", list(added)), ("removed_devices", list(removed))])
        return .mqtt(topic: nodeTopic("membership/updated"), payload: payload)
    }
}
