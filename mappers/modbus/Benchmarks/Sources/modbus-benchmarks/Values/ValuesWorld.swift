// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking

/// Is a world of devices with as many values as one request can bring.
struct ValuesWorld: Sendable {
    let profile: ProfileText

    /// 61 values of one register and 32 of two make 125 registers.
    static let valueCount = 93

    init(devices: Int, devicesPerBus: Int, cycle: Duration = .seconds(1)) {
        let fields = (0..<Self.valueCount).map { number in
            let isWide = number >= 61
            return ProfileText.Field(
                name: "value\(number)",
                offset: isWide ? 61 + (number - 61) * 2 : number,
                words: isWide ? 2 : 1,
                cycle: cycle,
                dataType: isWide ? "uint32" : "uint16"
            )
        }
        profile = ProfileText(
            devices: (0..<devices).map { number in
                ProfileText.Device(
                    name: "device\(number)",
                    unit: number % devicesPerBus + 1,
                    way: .tcp(port: 20000 + number / devicesPerBus),
                    model: "values",
                    fields: fields
                )
            }
        )
    }
}
