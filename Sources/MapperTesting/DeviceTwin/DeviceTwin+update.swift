// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceTwin {
    /// A mapper's `twin/update`.
    mutating func updateTwins(of device: String, _ payload: [UInt8]) -> [Output] {
        // A request that cannot be read is answered on a topic without a device.
        let nowhere = deviceTopic("", "twin/update/result")
        guard let (header, twins) = parseTwins(payload) else {
            return [refusal(nowhere, eventID: "", code: 400, rules.malformedRequest)]
        }
        guard let twins else { return [refusal(nowhere, eventID: "", code: 400, rules.missingTwin)] }
        if let reason = rules.refusal(of: twins) { return [refusal(nowhere, eventID: "", code: 400, reason)] }
        return change(twins, of: device, by: .mapper, eventID: header.eventID)
    }

    /// The cloud's `twin/cloud_updated`.
    mutating func syncTwins(of device: String, _ payload: [UInt8]) -> [Output] {
        guard let (header, twins) = parseTwins(payload), let twins, rules.refusal(of: twins) == nil else {
            return [refusal(deviceTopic("", "twin/update/result"), eventID: "", code: 400, rules.malformedSync)]
        }
        return change(twins, of: device, by: .cloud, eventID: header.eventID)
    }

    private func parseTwins(_ payload: [UInt8]) -> (WireHeader, [String: WireTwin?]?)? {
        do throws(GoJSONError) {
            let fields = try JSONFields(JSONParser.parse(payload), structName: "DeviceTwinUpdate")
            let header = try WireHeader(fields)
            guard let members = try fields.map("twin") else { return (header, nil) }
            return (header, try WireTwin.map(members))
        } catch {
            return nil
        }
    }

    /// Changes a device's twins and tells everybody: result, document, delta, cloud.
    mutating func change(
        _ wanted: [String: WireTwin?]?,
        of device: String,
        by source: TwinChange.Source,
        eventID: String
    ) -> [Output] {
        let topic = deviceTopic(device, "twin/update/result")
        guard let store = stores[device] else {
            return [refusal(topic, eventID: eventID, code: 404, rules.unknownDevice)]
        }
        guard let wanted else { return [refusal(topic, eventID: eventID, code: 400, rules.missingTwin)] }
        var change = TwinChange(device: device, source: source, now: now, rules: rules, twins: store.twins)
        do throws(TwinCrash) {
            try change.apply(wanted)
        } catch {
            return [.crash(reason: error.reason)]
        }
        if let reason = change.refusal {
            stores[device]?.reload(version)
            return [refusal(topic, eventID: eventID, code: 400, reason)]
        }
        stores[device]?.keep(change)
        return announce(change, eventID: eventID)
    }

    private func announce(_ change: TwinChange, eventID: String) -> [Output] {
        let header = WireHeader(eventID: eventID, timestamp: change.now)
        var outputs: [Output] = []
        if change.source == .mapper {
            let payload = header.message([("twin", .map(change.result))])
            outputs.append(.mqtt(topic: deviceTopic(change.device, "twin/update/result"), payload: payload))
        }
        if !change.document.isEmpty {
            let payload = header.message([("twin", .map(change.document))])
            outputs.append(.mqtt(topic: deviceTopic(change.device, "twin/update/document"), payload: payload))
        }
        if let delta = delta(of: change.twins) {
            outputs.append(.mqtt(topic: deviceTopic(change.device, "twin/update/delta"), payload: delta))
        }
        if !change.sync.isEmpty {
            let payload = newHeader().message([("twin", .map(change.sync.mapValues(\.json)))])
            outputs += toCloud("device/\(change.device)/twin/edge_updated", "update", payload)
        }
        return outputs
    }

    /// What is desired and not reported, with all that is desired; `nil` when nothing differs.
    private func delta(of twins: [String: WireTwin]) -> String? {
        var listed: [String: JSONValue] = [:]
        var delta: [String: JSONValue] = [:]
        for (name, twin) in twins where !twin.isDeleted {
            guard let expected = twin.expected else { continue }
            let text = expected.value ?? ""
            // Old versions also list properties of which nothing is desired.
            guard !text.isEmpty || !version.isRevised else { continue }
            listed[name] = twin.withoutVersions.json
            if !text.isEmpty, text != twin.actual?.value { delta[name] = .string(text) }
        }
        guard !delta.isEmpty else { return nil }
        return newHeader().message([("twin", .map(listed)), ("delta", .map(delta))])
    }
}
