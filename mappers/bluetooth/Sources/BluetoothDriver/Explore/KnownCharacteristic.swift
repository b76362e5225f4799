// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what the Bluetooth SIG says about a characteristic (GATT Specification Supplement), as far as a property needs it.
struct KnownCharacteristic: Hashable, Sendable {
    /// What people call it.
    var name: String
    /// What its bytes mean; `nil` for structures.
    var form: ValueForm?
    /// The power of ten that whole numbers are counted in.
    var exponent = 0
    /// What it is counted in; empty for none.
    var unit = ""
    /// The limits of the value, as a model writes them.
    var limits: ClosedRange<Double>?
    /// The raw number that stands for no value.
    var noValue: Int?
    /// Whether it is about the connection, and nothing that a twin would show.
    var isPlumbing = false

    private static func text(_ name: String) -> Self { Self(name: name, form: .text) }

    private static func number(
        _ name: String,
        _ bits: Int,
        signed: Bool = false,
        _ exponent: Int = 0,
        _ unit: String = "",
        _ limits: ClosedRange<Double>? = nil,
        noValue: Int? = nil
    ) -> Self {
        Self(
            name: name,
            form: .integer(bits: bits, isSigned: signed),
            exponent: exponent,
            unit: unit,
            limits: limits,
            noValue: noValue
        )
    }

    private static func plumbing(_ name: String) -> Self { Self(name: name, isPlumbing: true) }

    private static let all: [UInt16: KnownCharacteristic] = [
        0x2A00: .text("Device Name"), 0x2A01: .number("Appearance", 16),
        0x2A04: .plumbing("Peripheral Preferred Connection Parameters"), 0x2A05: .plumbing("Service Changed"),
        0x2AA6: .plumbing("Central Address Resolution"), 0x2B29: .plumbing("Client Supported Features"),
        0x2B2A: .plumbing("Database Hash"), 0x2B3A: .plumbing("Server Supported Features"),
        0x2A06: .number("Alert Level", 8, 0, "", 0...2), 0x2A07: .number("Tx Power Level", 8, signed: true, 0, "dBm"),
        0x2A19: .number("Battery Level", 8, 0, "%", 0...100),
        0x2A23: Self(name: "System ID"), 0x2A24: .text("Model Number"), 0x2A25: .text("Serial Number"),
        0x2A26: .text("Firmware Revision"), 0x2A27: .text("Hardware Revision"), 0x2A28: .text("Software Revision"),
        0x2A29: .text("Manufacturer Name"), 0x2A2B: Self(name: "Current Time"), 0x2A50: Self(name: "PnP ID"),
        0x2A1C: Self(name: "Temperature Measurement"), 0x2A35: Self(name: "Blood Pressure Measurement"),
        0x2A37: Self(name: "Heart Rate Measurement"), 0x2A38: .number("Body Sensor Location", 8),
        0x2A9D: Self(name: "Weight Measurement"),
        0x2A6C: .number("Elevation", 24, signed: true, -2, "m"), 0x2A6D: .number("Pressure", 32, -1, "Pa"),
        0x2A6E: .number("Temperature", 16, signed: true, -2, "degree Celsius", -273.15...327.67, noValue: -32768),
        0x2A6F: .number("Humidity", 16, -2, "%", 0...100, noValue: 65535),
        0x2A70: .number("True Wind Speed", 16, -2, "m/s"), 0x2A71: .number("True Wind Direction", 16, -2, "degree"),
        0x2A72: .number("Apparent Wind Speed", 16, -2, "m/s"),
        0x2A73: .number("Apparent Wind Direction", 16, -2, "degree"),
        0x2A76: .number("UV Index", 8), 0x2A77: .number("Irradiance", 16, -1, "W/m²"),
        0x2A78: .number("Rainfall", 16, -3, "m"), 0x2A79: .number("Wind Chill", 8, signed: true, 0, "degree Celsius"),
        0x2A7A: .number("Heat Index", 8, signed: true, 0, "degree Celsius"),
        0x2A7B: .number("Dew Point", 8, signed: true, 0, "degree Celsius"),
        0x2AFB: .number("Illuminance", 24, -2, "lx", noValue: 0xFFFFFF),
        0x2B8C: .number("CO2 Concentration", 16, 0, "ppm", noValue: 0xFFFF),
    ]

    /// The entry of a characteristic; `nil` for one that is not in the table.
    static func named(_ uuid: BluetoothUUID) -> KnownCharacteristic? { uuid.short.flatMap { all[$0] } }
}
