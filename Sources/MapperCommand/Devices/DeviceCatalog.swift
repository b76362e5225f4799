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
    /// - Throws: ``ConfigurationError`` when the profile itself has errors; those of the driver are in the contents.
    func contents(of paths: [String]) throws(ConfigurationError) -> Contents {
        let loaded = try ProfileLoader().load(paths)
        let binding = DriverBinding(driver)
        let (devices, findings) = binding.bind(loaded.profile)
        return Contents(
            profile: loaded.profile,
            devices: devices,
            skipped: loaded.profile.devices.filter { !binding.concerns($0) },
            diagnostics: loaded.warnings + findings
        )
    }

    /// The driver's protocol as people write it.
    var protocolName: String { driver.protocolNames.joined(separator: "/") }
}
