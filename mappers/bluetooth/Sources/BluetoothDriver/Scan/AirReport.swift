// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a scan has come to, so far or in the end.
package struct AirReport: Sendable {
    /// The radio, `hci0`; empty before it was found.
    package var adapter: String
    /// Who is in reach, the strongest first.
    package var peripherals: [ScannedPeripheral]
    /// What was not possible, a sentence each.
    package var shortfalls: [String]
}
