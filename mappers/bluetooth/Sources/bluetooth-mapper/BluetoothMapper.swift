// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BluetoothDriver
import Logging
import MapperCommand

/// Brings Bluetooth Low Energy devices into KubeEdge.
@main
enum BluetoothMapper: MapperProgram {
    static let name = "bluetooth-mapper"
    static let abstract = "Brings Bluetooth Low Energy devices into KubeEdge."

    static let subcommands: [any AsyncParsableCommand.Type] = [
        DoctorCommand.self, ExploreCommand.self, ScanCommand.self,
    ]

    static func makeDriver(logger: Logger) -> BluetoothDriver { BluetoothDriver(logger: logger) }
}
