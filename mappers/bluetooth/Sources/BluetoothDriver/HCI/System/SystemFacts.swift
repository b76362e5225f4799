// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a machine says about its Bluetooth, without judgement.
struct SystemFacts: Sendable {
    /// As `uname -r` gives it.
    var kernelRelease: String
    /// As `uname -v` gives it.
    var kernelVersion: String
    /// The process's effective capabilities, a bit each; `nil` when they cannot be found out.
    var capabilities: UInt64?
    /// Why no Bluetooth socket can be made; `nil` when one can.
    var socketError: BluetoothErrno?
    /// The adapters, or why they cannot be listed; `nil` when it was not tried.
    var adapters: Result<[AdapterInfo], ManagementError>?
    /// The process number of bluetoothd; `nil` when none is seen.
    var bluetoothd: Int?
}
