// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperProfile

/// Loads profiles and finds in them what a driver can work with.
struct DeviceCatalog<Driver: DeviceDriver> {
    typealias BoundDevice = DriverBinding<Driver>.BoundDevice

    /// A profile with everything that was found in it.
    struct Contents {
        var profile: DeviceProfile
        var devices: [BoundDevice]
        var skipped: [DeviceInstance]
        var diagnostics: [Diagnostic]
    }

    let driver: Driver

    /// Loads files and directories and binds all devices of the driver's protocol.
    ///
    /// What is wrong, with the files or for the driver, is in the contents, all of it; they are of use only without errors.
    func contents(of paths: [String]) -> Contents {
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
