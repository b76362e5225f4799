// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BluetoothDriver
import FoundationEssentials
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

    /// Where the keys of pairings are kept, in the place of the driver's own folder.
    private static let keyFolderVariable = "BLUETOOTH_MAPPER_KEYS"

    static func makeDriver(logger: Logger) -> BluetoothDriver {
        let folder = ProcessInfo.processInfo.environment[keyFolderVariable].flatMap { $0.isEmpty ? nil : $0 }
        return BluetoothDriver(logger: logger, keyFolder: folder ?? BluetoothDriver.standardKeyFolder)
    }
}
