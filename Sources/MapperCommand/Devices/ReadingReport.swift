// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Prints what was read from a device.
struct ReadingReport<Driver: DeviceDriver> {
    let device: DeviceID
    let readings: [OpenDevice<Driver>.Reading]

    /// For people.
    var table: [String] {
        var table = TextTable(["PROPERTY", "VALUE", "UNIT", "TIME"])
        for reading in readings {
            let model = reading.visitor.property.model
            switch reading.value {
            case .success(let value):
                let doubt = reading.quality == .good ? "" : " (\(reading.quality.rawValue))"
                table.add([model.name, value.text, model.unit ?? "", LogText.time(reading.acquiredAt) + doubt])
            case .failure(let error):
                table.add([model.name, "-", model.unit ?? "", "error: \(error)"])
            }
        }
        return table.lines
    }

    /// For programs.
    var json: JSONText {
        let properties = readings.map { ($0.visitor.property.name, json(of: $0)) }
        return .object([("device", .string(device.description)), ("properties", .object(properties))])
    }

    private func json(of reading: OpenDevice<Driver>.Reading) -> JSONText {
        let model = reading.visitor.property.model
        switch reading.value {
        case .success(let value):
            var fields: [(String, JSONText)] = [
                ("value", JSONText(value)), ("type", .string(model.dataType.rawValue)),
                ("time", .string(LogText.time(reading.acquiredAt))), ("quality", .string(reading.quality.rawValue)),
            ]
            if let unit = model.unit { fields.append(("unit", .string(unit))) }
            return .object(fields)
        case .failure(let error):
            return .object([("error", .string("\(error)"))])
        }
    }
}
