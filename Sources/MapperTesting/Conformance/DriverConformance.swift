// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Runs a driver against the contract that MapperKit relies on, and names what is broken.
///
/// The contract is what `DeviceDriver`, `DeviceSession`, `PushingSession` and `DeviceError` say. The profile's devices
/// have to be there: played by the driver's own simulator, by a fake in the test, or real. Calls are made as a mapper
/// makes them: one at a time for each session, each device on a thread of its own, which may be blocked.
///
///     @Test func keepsTheContract() async throws {
///         let report = try await DriverConformance.run(ThermostatDriver(), profile: "Tests/device.yaml")
///         #expect(report.breaches.isEmpty, "\(report)")
///     }
///
/// With a way to take the device away, what happens then is tried too:
///
///     var options = ConformanceOptions()
///     options.takeAway = { _ in server.stop() }
///     options.bringBack = { _ in try server.start() }
///     let report = try await DriverConformance.run(driver, profile: "Tests/device.yaml", options: options)
///
/// What was not tried, and why, stands in the report: a driver that opens nothing has one breach and many of those.
public enum DriverConformance {
    /// Runs a driver with the devices of profile files.
    /// - Parameters:
    ///   - driver: The driver under test.
    ///   - paths: Files and folders in any form that KubeEdge knows; relative ones start where the tests run.
    ///   - options: How far to go.
    /// - Throws: ``MapperTestFailure`` with all complaints when the profile cannot be used; `CancellationError` when the
    ///   test is cancelled. What the driver does wrong is not thrown.
    public static func run<Driver: DeviceDriver>(
        _ driver: Driver,
        profile paths: String...,
        options: ConformanceOptions = ConformanceOptions(),
        fileID: String = #fileID,
        line: UInt = #line
    ) async throws -> ConformanceReport {
        let profile = try TestProfile(driver, paths: paths, TestPlace(fileID: fileID, line: line))
        return try await ConformanceTrial(driver, profile.devices, options).run()
    }

    /// Runs a driver with the devices of a profile.
    /// - Parameters:
    ///   - driver: The driver under test.
    ///   - profile: The devices.
    ///   - options: How far to go.
    /// - Throws: ``MapperTestFailure`` with all complaints when the profile cannot be used; `CancellationError` when the
    ///   test is cancelled. What the driver does wrong is not thrown.
    public static func run<Driver: DeviceDriver>(
        _ driver: Driver,
        profile: DeviceProfile,
        options: ConformanceOptions = ConformanceOptions(),
        fileID: String = #fileID,
        line: UInt = #line
    ) async throws -> ConformanceReport {
        let profile = try TestProfile(driver, profile, TestPlace(fileID: fileID, line: line))
        return try await ConformanceTrial(driver, profile.devices, options).run()
    }
}
