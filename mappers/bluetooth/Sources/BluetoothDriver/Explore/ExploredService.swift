// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a service of an explored peripheral.
package struct ExploredService: Hashable, Sendable {
    /// What it is.
    package var uuid: BluetoothUUID
    /// Its first handle.
    package var handle: UInt16
    /// What is in it, in the order of handles.
    package var characteristics: [ExploredCharacteristic] = []

    /// Its well-known name.
    package var name: String? { AssignedService.name(of: uuid) }
}
