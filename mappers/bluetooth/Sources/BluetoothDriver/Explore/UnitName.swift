// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names the units that descriptor 2904 gives by number, as far as they are met often (Assigned Numbers, 3.5).
enum UnitName {
    private static let names: [UInt16: String] = [
        0x2701: "m", 0x2702: "kg", 0x2703: "s", 0x2704: "A", 0x2705: "K", 0x2722: "Hz", 0x2724: "Pa", 0x2725: "J",
        0x2726: "W", 0x2728: "V", 0x272F: "degree Celsius", 0x2731: "lx", 0x2763: "degree", 0x27AD: "%",
    ]

    /// The name; empty for none, or one that is not in the table.
    static func of(_ number: UInt16) -> String { names[number] ?? "" }
}
