// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit
import MapperProfile

/// Runs a mapper with the devices of profile files and an edge in memory while a test works on that edge; ends it after.
///
///     @Test func temperatureComesUp() async throws {
///         try await withMapper(ThermostatDriver(), profile: "Tests/device.yaml") { edge in
///             try await edge.expectState(.online)
///             try edge.desire("setpoint", "21.5")
///             try await edge.expectReport("setpoint", 21.5)
///         }
///     }
///
/// Relative paths start where the tests run, which is the package's folder under `swift test`. The mapper is the one
/// that runs on a gateway: it opens, reads and writes on the schedule of the profile, and blocks no other device.
/// - Parameters:
///   - driver: The driver under test.
///   - paths: Files and folders in any form that KubeEdge knows; see `ProfileLoader`.
///   - options: The mapper's options. A device's first reading comes within its shortest cycle; without
///     `spreadsCycles` it comes at once.
///   - clock: The mapper's clock. A ``ManualClock`` stands still until the test moves it.
///   - limit: How long the driver may take to let go of its devices at the end, in real time.
///   - body: The test.
///   - fileID: The caller's file, for the failure's text.
///   - line: The caller's line.
/// - Throws: what the test throws; ``MapperTestFailure`` with all complaints when the profile cannot be used, and with
///   the devices' names when the driver does not let go of them.
public func withMapper<Driver: DeviceDriver>(
    _ driver: Driver,
    profile paths: String...,
    options: MapperOptions = MapperOptions(),
    clock: any MapperClock = SystemClock(),
    endsWithin limit: Duration = .seconds(10),
    fileID: String = #fileID,
    line: UInt = #line,
    perform body: (InMemoryEdge) async throws -> Void
) async throws {
    let place = TestPlace(fileID: fileID, line: line)
    let profile = try TestProfile(driver, paths: paths, place)
    try await MapperHarness(driver: driver, options: options, clock: clock, limit: limit, place: place)
        .run(profile, body)
}

/// Runs a mapper with the devices of a profile and an edge in memory while a test works on that edge; ends it after.
///
/// As with files; for tests that make their devices themselves.
/// - Parameters:
///   - driver: The driver under test.
///   - profile: The devices.
///   - options: The mapper's options.
///   - clock: The mapper's clock.
///   - limit: How long the driver may take to let go of its devices at the end, in real time.
///   - body: The test.
///   - fileID: The caller's file, for the failure's text.
///   - line: The caller's line.
/// - Throws: what the test throws; ``MapperTestFailure`` with all complaints when the profile cannot be used, and with
///   the devices' names when the driver does not let go of them.
public func withMapper<Driver: DeviceDriver>(
    _ driver: Driver,
    profile: DeviceProfile,
    options: MapperOptions = MapperOptions(),
    clock: any MapperClock = SystemClock(),
    endsWithin limit: Duration = .seconds(10),
    fileID: String = #fileID,
    line: UInt = #line,
    perform body: (InMemoryEdge) async throws -> Void
) async throws {
    let place = TestPlace(fileID: fileID, line: line)
    let profile = try TestProfile(driver, profile, place)
    try await MapperHarness(driver: driver, options: options, clock: clock, limit: limit, place: place)
        .run(profile, body)
}
