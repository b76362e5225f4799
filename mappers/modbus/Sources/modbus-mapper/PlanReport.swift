// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperCommand
import MapperKit
import ModbusDriver

/// Puts forecasts into text and JSON.
enum PlanReport {
    static func lines(_ bus: BusForecast) -> [String] {
        let gap = bus.perRegister > 0 ? bus.perRequest / bus.perRegister : 0
        var lines = [
            "\(bus.name): \(milliseconds(bus.perRequest)) ms a request and \(milliseconds(bus.perRegister)) ms a "
                + "register; reading over \(gap > 1000 ? "any gap" : "gaps up to \(Int(gap)) registers") pays"
        ]
        for device in bus.devices { lines += self.lines(device) }
        lines.append(
            "  load \(percent(bus.load)) %" + (bus.isLine ? "" : ", as far as the network was guessed rightly")
        )
        if let overload = bus.overload { lines.append("  warning: \(overload)") }
        return lines
    }

    private static func lines(_ device: DeviceForecast) -> [String] {
        let cycles = device.cycles.map { "\(PropertyValue.double(seconds($0)).text) s" }.joined(separator: ", ")
        let total = device.requests.reduce(0) { $0 + $1.seconds }
        var table = TextTable(["  request", "addresses", "properties", "ms"])
        for request in device.requests {
            let last = request.first + request.count - 1
            table.add([
                "  \(request.table)", request.count == 1 ? "\(request.first)" : "\(request.first)-\(last)",
                names(request.properties), milliseconds(request.seconds),
            ])
        }
        return [
            "  \(device.device), unit \(device.unit): \(device.requests.count) requests, \(milliseconds(total)) ms when "
                + "all is due, cycles \(cycles.isEmpty ? "none" : cycles); load \(percent(device.load)) %, "
                + "efficiency \(percent(device.efficiency)) %"
        ] + table.lines.map { "  \($0)" } + device.learnt.map { "    learnt: \($0)" }
    }

    static func json(_ buses: [BusForecast]) -> JSONText {
        .object([("buses", .array(buses.map(json)))])
    }

    private static func json(_ bus: BusForecast) -> JSONText {
        .object([
            ("bus", .string(bus.name)), ("load", number(bus.load)), ("perRequest", number(bus.perRequest)),
            ("perRegister", number(bus.perRegister)),
            ("overload", bus.overload.map { .string($0) } ?? .literal("null")),
            ("devices", .array(bus.devices.map(json))),
        ])
    }

    private static func json(_ device: DeviceForecast) -> JSONText {
        let requests = device.requests.map { request in
            JSONText.object([
                ("register", .string(request.table)), ("offset", .literal("\(request.first)")),
                ("count", .literal("\(request.count)")), ("seconds", number(request.seconds)),
                ("properties", .array(request.properties.map { .string($0) })),
            ])
        }
        return .object([
            ("device", .string("\(device.device)")), ("unit", .literal("\(device.unit)")),
            ("load", number(device.load)), ("efficiency", number(device.efficiency)),
            ("cycles", .array(device.cycles.map { number(seconds($0)) })), ("requests", .array(requests)),
            ("learnt", .array(device.learnt.map { .string($0) })),
        ])
    }

    /// A few names, and how many more.
    private static func names(_ names: [String]) -> String {
        names.count <= 4
            ? names.joined(separator: " ") : "\(names.prefix(3).joined(separator: " ")) and \(names.count - 3) more"
    }

    private static func number(_ value: Double) -> JSONText {
        .literal(PropertyValue.double((value * 1e9).rounded() / 1e9).text)
    }

    private static func milliseconds(_ seconds: Double) -> String {
        PropertyValue.double((seconds * 10_000).rounded() / 10).text
    }

    private static func percent(_ share: Double) -> String {
        PropertyValue.double((share * 1000).rounded() / 10).text
    }

    private static func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
