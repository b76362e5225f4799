// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is all devices of a run, as KubeEdge's objects have them.
struct CountingField: Sendable {
    static let protocolName = "counting"

    var devices: Int
    var properties: Int
    var counter: Counter

    /// How many properties there are in all.
    var size: Int { devices * properties }

    /// The numbers of all properties, by what the edge calls them: `namespace/device property`.
    var numbers: [Substring: Int] {
        let names = (0..<size).map { number in
            "default/\(deviceName(number / properties)) \(propertyName(number % properties))"[...]
        }
        return Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    }

    /// The Device and DeviceModel objects, as a list of JSON documents.
    var text: String { ([model] + (0..<devices).map(device)).joined(separator: "\n---\n") }

    private func deviceName(_ index: Int) -> String { "counter-\(index + 1)" }

    private func propertyName(_ index: Int) -> String { "count-\(index + 1)" }

    private var model: String {
        let list = (0..<properties).map {
            "{\"name\":\"\(propertyName($0))\",\"type\":\"INT\",\"accessMode\":\"ReadOnly\"}"
        }
        return """
            {"apiVersion":"devices.kubeedge.io/v1beta1","kind":"DeviceModel","metadata":{"name":"counter"},\
            "spec":{"protocol":"\(Self.protocolName)","properties":[\(list.joined(separator: ","))]}}
            """
    }

    private func device(_ index: Int) -> String {
        let list = (0..<properties).map { property($0, number: index * properties + $0) }
        return """
            {"apiVersion":"devices.kubeedge.io/v1beta1","kind":"Device","metadata":{"name":"\(deviceName(index))"},\
            "spec":{"deviceModelRef":{"name":"counter"},"protocol":{"protocolName":"\(Self.protocolName)",\
            "configData":{"start":"\(counter.start)","step":"\(counter.step)","last":"\(counter.last)"}},\
            "properties":[\(list.joined(separator: ","))]}}
            """
    }

    private func property(_ index: Int, number: Int) -> String {
        let cycle = Int(counter.step * 1000)
        return """
            {"name":"\(propertyName(index))","collectCycle":\(cycle),"reportCycle":\(cycle),"reportToCloud":true,\
            "visitors":{"protocolName":"\(Self.protocolName)","configData":{"number":\(number)}}}
            """
    }
}
