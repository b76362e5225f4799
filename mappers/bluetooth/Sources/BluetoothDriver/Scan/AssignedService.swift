// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names the services that the Bluetooth SIG has assigned 16 bits to, as far as they are met often (Assigned Numbers, 3.4
/// and 3.8).
enum AssignedService {
    private static let names: [UInt16: String] = [
        0x1800: "Generic Access", 0x1801: "Generic Attribute", 0x1802: "Immediate Alert", 0x1803: "Link Loss",
        0x1804: "Tx Power", 0x1805: "Current Time", 0x1808: "Glucose", 0x1809: "Health Thermometer",
        0x180A: "Device Information", 0x180D: "Heart Rate", 0x180F: "Battery", 0x1810: "Blood Pressure",
        0x1812: "Human Interface Device", 0x1814: "Running Speed and Cadence", 0x1815: "Automation IO",
        0x1816: "Cycling Speed and Cadence", 0x1818: "Cycling Power", 0x1819: "Location and Navigation",
        0x181A: "Environmental Sensing", 0x181B: "Body Composition", 0x181C: "User Data", 0x181D: "Weight Scale",
        0x181E: "Bond Management", 0x181F: "Continuous Glucose Monitoring", 0x1822: "Pulse Oximeter",
        0x1826: "Fitness Machine", 0x1827: "Mesh Provisioning", 0x1828: "Mesh Proxy", 0x183B: "Binary Sensor",
        0xFCD2: "BTHome", 0xFD6F: "Exposure Notification", 0xFE59: "Nordic DFU", 0xFE95: "Xiaomi",
        0xFEAA: "Eddystone",
    ]

    /// The name; `nil` for one that is not in the table.
    static func name(of uuid: BluetoothUUID) -> String? { uuid.short.flatMap { names[$0] } }

    /// The number with the name where there is one: `180f Battery`.
    static func label(of uuid: BluetoothUUID) -> String { name(of: uuid).map { "\(uuid) \($0)" } ?? "\(uuid)" }
}
