// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
package import MapperKit
import MapperProfile

/// Loads profiles and finds in them what a driver can work with.
package struct DeviceCatalog<Driver: DeviceDriver> {
    package typealias BoundDevice = DriverBinding<Driver>.BoundDevice

    /// A profile with everything that was found in it.
    package struct Contents {
        /// The profile.
        package var profile: DeviceProfile
        /// The devices of the driver's protocol.
        package var devices: [BoundDevice]
        /// The devices of other protocols.
        package var skipped: [DeviceInstance]
        /// What was found.
        package var diagnostics: [Diagnostic]
    }

    let driver: Driver

    /// Creates a catalogue for a driver.
    package init(driver: Driver) {
        self.driver = driver
    }

    /// Loads files and directories and binds all devices of the driver's protocol.
    ///
    /// What is wrong, with the files or for the driver, is in the contents, all of it; they are of use only without errors.
    package func contents(of paths: [String]) -> Contents {
        let examined = ProfileLoader().examine(paths)
        let binding = DriverBinding(driver)
        let (devices, findings) = binding.bind(examined.profile)
        return Contents(
            profile: examined.profile,
            devices: devices,
            skipped: examined.profile.devices.filter { !binding.concerns($0) },
            diagnostics: examined.diagnostics + findings
        )
    }

    /// The driver's protocol as people write it.
    var protocolName: String { driver.protocolNames.joined(separator: "/") }
}
