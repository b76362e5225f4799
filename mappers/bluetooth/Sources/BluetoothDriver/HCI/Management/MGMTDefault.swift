// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one of the adapter's defaults for connections (BlueZ mgmt-api, Set Default System Configuration).
enum MGMTDefault: Hashable, Sendable {
    /// In steps of 1.25 ms.
    case minimumInterval(UInt16)
    /// In steps of 1.25 ms.
    case maximumInterval(UInt16)
    /// How many meetings a device may leave out.
    case latency(UInt16)
    /// In steps of 10 ms.
    case supervisionTimeout(UInt16)

    private var field: (type: UInt16, value: UInt16) {
        switch self {
        case .minimumInterval(let value): (0x0017, value)
        case .maximumInterval(let value): (0x0018, value)
        case .latency(let value): (0x0019, value)
        case .supervisionTimeout(let value): (0x001A, value)
        }
    }

    /// Type, length and value.
    var bytes: [UInt8] { HCIFields.bytes(field.type) + [2] + HCIFields.bytes(field.value) }
}
