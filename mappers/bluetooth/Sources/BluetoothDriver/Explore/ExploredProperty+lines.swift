// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension ExploredProperty {
    /// Its entry in a DeviceModel.
    var modelLines: [String] {
        var lines = ["name: \(ExplorationProfile.quoted(name))\(comment)"]
        if let text = characteristic.userDescription, !text.isEmpty {
            lines.append("description: \(ExplorationProfile.quoted(text))")
        }
        lines += ["type: \(modelType)", "accessMode: \(isWritable ? "ReadWrite" : "ReadOnly")"]
        if let limits = known?.limits {
            lines += ["minimum: \"\(Self.text(limits.lowerBound))\"", "maximum: \"\(Self.text(limits.upperBound))\""]
        }
        if !characteristic.unit.isEmpty { lines.append("unit: \(ExplorationProfile.quoted(characteristic.unit))") }
        return lines
    }

    /// Its entry in a Device.
    var deviceLines: [String] {
        var keys = ["serviceUUID: \"\(service)\"", "characteristicUUID: \"\(characteristic.uuid)\""]
        if let instance { keys.append("instance: \(instance)") }
        if let dataType {
            keys.append("dataType: \(dataType)")
            if exponent != 0 { keys.append("scale: \(scale)") }
            if let noValue = known?.noValue { keys.append("noValue: \(noValue)") }
        }
        return [
            "name: \(ExplorationProfile.quoted(name))", "collectCycle: 10000", "reportCycle: 10000",
            "reportToCloud: true", "visitors:", "  protocolName: bluetooth", "  configData:",
        ] + keys.map { "    \($0)" }
    }

    /// What it was, or why that is not known; a peripheral's words must not end the line.
    private var comment: String {
        let value: String
        switch characteristic.reading {
        case .none: return ""
        case .protected: return "  # wants an encrypted link"
        case .failed(let reason): value = reason
        case .octets:
            let unit = characteristic.unit.isEmpty ? "" : " \(characteristic.unit)"
            value = "was " + (characteristic.text.map { $0 + unit } ?? characteristic.hex.map(Self.shortened) ?? "")
        }
        let line = value.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        return "  # " + String(String.UnicodeScalarView(line))
    }

    private static func shortened(_ hex: String) -> String {
        hex.count <= 40 ? hex : "\(hex.prefix(40))… (\(hex.count / 2) bytes)"
    }

    /// The power of ten as decimals: `0.01`.
    private var scale: String {
        exponent > 0
            ? "1" + String(repeating: "0", count: exponent) : "0." + String(repeating: "0", count: -exponent - 1) + "1"
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}
