// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking

/// Is a world of devices whose registers tell which they are: unit × 4096 + address, all in one 16-bit number.
///
/// Each bus has up to 15 units and addresses that no other bus has, so a value tells its bus, too.
struct SoakWorld: Sendable {
    private static let unitsPerBus = 15
    private static let addressesPerBus = 200

    /// What may befall any request.
    static let commonFaults = [
        "latency=1ms..40ms:10%", "late=900ms:0.2%", "silent=0.2%", "garble=0.3%", "drop=0.1%", "exception=6:0.3%",
        "exception=4:0.05%", "exception=11:0.05%",
    ]

    /// The devices as they are before a simulator has given them their places.
    let profile: ProfileText

    init(devices: Int) {
        profile = ProfileText(devices: (0..<devices).map(Self.device))
    }

    var names: [String] { profile.devices.map(\.name) }
    var busCount: Int { (profile.devices.count + Self.unitsPerBus - 1) / Self.unitsPerBus }

    /// What befalls the devices: some of each bus are silent or hang up for a while, and return.
    var faults: [String] {
        Self.commonFaults
            + names.enumerated().compactMap { number, name in Self.fault(of: number).map { "\(name):\($0)" } }
    }

    private static func fault(of number: Int) -> String? {
        switch number % 30 {
        case 3: "silent=20s/90s"
        case 11: "silent=70s/300s"
        case 19: "drop=10s/120s"
        case 25: "latency=200ms..450ms:30s/180s"
        default: nil
        }
    }

    /// The text of a property's value: it is in its name where it lies, `h20w2` for two holding registers from 20 on.
    static func value(of property: String, _ device: String) -> String? {
        let parts = device.split(separator: "-")
        guard parts.count == 2, let bus = Int(parts[0].dropFirst()), let unit = Int(parts[1].dropFirst()),
            let field = SoakField(property)
        else { return nil }
        let number = unit * 4096 + bus * addressesPerBus + field.offset
        switch field.table {
        case "CoilRegister": return number.nonzeroBitCount % 2 == 1 ? "true" : "false"
        default: return field.words == 2 ? "\((number % 65536) << 16 | (number + 1) % 65536)" : "\(number % 65536)"
        }
    }

    private static func device(_ number: Int) -> ProfileText.Device {
        let (bus, unit) = (number / unitsPerBus, number % unitsPerBus + 1)
        let way: ProfileText.Way =
            switch bus % 5 {
            case 2: .serial(path: "/dev/soak\(bus)", baudRate: 115200)
            case 4: .rtuOverTCP(port: 20000 + bus)
            default: .tcp(port: 20000 + bus)
            }
        // A line has time for half of what the others do.
        let cycle = Duration.seconds(bus % 5 == 2 ? 2 : 1)
        let fields = SoakField.all.map { field in
            ProfileText.Field(
                name: field.name,
                table: field.table,
                offset: bus * addressesPerBus + field.offset,
                words: field.words,
                cycle: field.isSlow ? cycle * 5 : cycle,
                dataType: field.words == 2 ? "uint32" : nil,
                type: field.table == "CoilRegister" ? "boolean" : "int"
            )
        }
        return ProfileText.Device(
            name: "b\(bus)-u\(unit)",
            unit: unit,
            way: way,
            model: "soak",
            fields: fields,
            timeout: .milliseconds(300)
        )
    }
}
