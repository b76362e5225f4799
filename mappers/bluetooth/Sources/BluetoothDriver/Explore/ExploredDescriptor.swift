// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a descriptor of an explored characteristic.
package struct ExploredDescriptor: Hashable, Sendable {
    private static let names: [UInt16: String] = [
        0x2900: "Extended Properties", 0x2901: "User Description", 0x2902: "Client Configuration",
        0x2903: "Server Configuration", 0x2904: "Presentation Format", 0x2905: "Aggregate Format",
        0x2906: "Valid Range", 0x290B: "Sensing Configuration", 0x290C: "Sensing Measurement",
        0x290D: "Sensing Trigger",
    ]

    /// What it is.
    package var uuid: BluetoothUUID
    /// Where it is.
    package var handle: UInt16

    /// Its well-known name.
    package var name: String? { uuid.short.flatMap { Self.names[$0] } }
}
