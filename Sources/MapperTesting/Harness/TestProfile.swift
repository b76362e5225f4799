// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile

/// Is a profile with which a driver can be tested: something in it is the driver's, and nothing of that is wrong.
struct TestProfile<Driver: DeviceDriver> {
    /// The driver's devices as the profile has them, and their models.
    let profile: DeviceProfile
    /// The driver's devices in its own types.
    let devices: [DriverBinding<Driver>.BoundDevice]

    /// - Throws: all complaints about the files and about what the driver reads in them, at once.
    init(_ driver: Driver, paths: [String], _ place: TestPlace) throws(MapperTestFailure) {
        let examined = ProfileLoader().examine(paths)
        try self.init(driver, examined.profile, examined.diagnostics, place)
    }

    /// - Throws: all complaints of the driver.
    init(_ driver: Driver, _ profile: DeviceProfile, _ place: TestPlace) throws(MapperTestFailure) {
        try self.init(driver, profile, [], place)
    }

    private init(
        _ driver: Driver,
        _ profile: DeviceProfile,
        _ found: [Diagnostic],
        _ place: TestPlace
    ) throws(MapperTestFailure) {
        let binding = DriverBinding(driver)
        let (devices, complaints) = binding.bind(profile)
        let diagnostics = found + complaints
        guard !diagnostics.containsErrors else { throw MapperTestFailure(diagnostics, place) }
        guard !devices.isEmpty else {
            throw MapperTestFailure(Self.complaint(about: profile, driver), place)
        }
        self.devices = devices
        self.profile = DeviceProfile(models: profile.models, devices: profile.devices.filter(binding.concerns))
    }

    private static func complaint(about profile: DeviceProfile, _ driver: Driver) -> String {
        let spoken = driver.protocolNames.map { "'\($0)'" }.joined(separator: ", ")
        let found = Set(profile.devices.map { $0.protocolName ?? "" }).sorted().map { "'\($0)'" }
        let others = found.isEmpty ? "there is no device" : "its devices speak \(found.joined(separator: ", "))"
        return "no device of the profile speaks the driver's protocol (\(spoken)): \(others)"
    }
}
