// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says where to look for units, and how carefully.
package struct ScanPlan: Sendable {
    /// Says which units are looked for.
    package enum Units: Sendable {
        /// These, in this order.
        case listed([UInt8])
        /// Whatever the way allows. On Modbus TCP the usual numbers first, and the others only if not every number
        /// gets an answer: most devices with a connection of their own do not look at it.
        case all
    }

    /// How the units are reached; the unit's number in it counts for nothing.
    package var connection: ModbusConnection
    /// Which units.
    package var units = Units.all
    /// Which tables.
    package var tables = RegisterTable.allCases
    /// Which addresses of each table.
    package var addresses = 0...999
    /// How far apart addresses are tried where nothing can be read; shorter runs can be missed.
    package var step = 16
    /// How long a unit may take to answer.
    package var timeout = Duration.milliseconds(500)
    /// How long the way rests between two requests.
    package var pause = Duration.milliseconds(20)

    /// Creates a plan that looks for everything.
    package init(_ connection: ModbusConnection) {
        self.connection = connection
    }

    /// What is wrong with the connection, and what is allowed; nothing when it can be tried.
    package var mistakes: [String] {
        let name = "scan"
        let instance = DeviceInstance(
            id: DeviceID(name),
            modelName: name,
            protocolName: "modbus",
            protocolConfig: [:],
            properties: []
        )
        var check = ConnectionCheck(device: Device(instance: instance, config: connection, visitors: []))
        check.run()
        return check.findings.map { String($0.message.trimmingPrefix("device '\(name)': ")) }
    }

    /// The numbers that are tried first on Modbus TCP: the usual ones of single devices, and one that is not.
    static let usualUnits: [UInt8] = [1, 255, 0, 247]
}
