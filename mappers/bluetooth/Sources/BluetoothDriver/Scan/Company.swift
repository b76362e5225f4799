// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names companies by the numbers that stand in their advertisements, as far as they are met often (Assigned Numbers, 7.1).
enum Company {
    private static let names: [UInt16: String] = [
        0x0002: "Intel", 0x0006: "Microsoft", 0x000D: "Texas Instruments", 0x000F: "Broadcom", 0x004C: "Apple",
        0x0059: "Nordic Semiconductor", 0x0075: "Samsung", 0x0087: "Garmin", 0x00E0: "Google", 0x0171: "Amazon",
        0x01DA: "Logitech", 0x02E5: "Espressif", 0x02FF: "Silicon Labs", 0x038F: "Xiaomi", 0x0499: "Ruuvi",
    ]

    /// The name; `nil` for one that is not in the table.
    static func name(of number: UInt16) -> String? { names[number] }
}
