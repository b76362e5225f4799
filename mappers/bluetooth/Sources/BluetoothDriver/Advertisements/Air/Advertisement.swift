// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one advertisement or scan response as it was heard, whole.
struct Advertisement: Hashable, Sendable {
    /// Who sent it.
    var address: BluetoothAddress
    /// Where the address comes from, as a connection needs it.
    var kind: BluetoothAddress.Kind
    /// How strong it was, in dBm; `nil` when the adapter could not tell.
    var rssi: Int?
    /// Whether its sender takes connections; of a scan response the advertisement before it says that.
    var isConnectable: Bool
    /// Whether it answers an active scan; its data completes that of the advertisement before it.
    var isScanResponse: Bool
    /// Whether the adapter lost the end of the data.
    var isTruncated: Bool
    /// What it says.
    var data: AdvertisementData
    /// When it was heard, on the clock of whoever received it.
    var uptime: Duration
}
