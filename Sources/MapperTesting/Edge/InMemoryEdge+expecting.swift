// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// What a test expects of the mapper above its driver.
///
/// Waiting takes real time, whatever clock the mapper has: with a ``ManualClock`` the test moves it as far as it takes,
/// and the bound is only there for what never comes. `device` may be left out when the edge was sent exactly one.
extension InMemoryEdge {
    /// Waits until a property's newest report has a value; one that has it already counts.
    ///
    ///     try await edge.expectReport("temperature", 21.5)
    ///     try await edge.expectReport("mode", "auto", of: DeviceID("boiler"), within: .seconds(30))
    /// - Parameters:
    ///   - property: The property's name.
    ///   - value: The value, as a literal.
    ///   - device: The device; needed only when there are several.
    ///   - limit: How long to wait at most.
    ///   - fileID: The caller's file, for the failure's text.
    ///   - line: The caller's line.
    /// - Throws: ``MapperTestFailure`` with what was reported instead, the device's state and what the mapper complained
    ///   about; `CancellationError` when the test is cancelled.
    public func expectReport(
        _ property: String,
        _ value: ExpectedValue,
        of device: DeviceID? = nil,
        within limit: Duration = .seconds(10),
        fileID: String = #fileID,
        line: UInt = #line
    ) async throws {
        let place = TestPlace(fileID: fileID, line: line)
        let device = try subject(device, place)
        try check(property, of: device, place)
        let isMet = await records.becomes(within: limit) { records in
            records.values(of: property, device).last.map(value.matches) ?? false
        }
        guard !isMet else { return }
        try Task.checkCancellation()
        let reported = records.now.values(of: property, device).suffix(5).map { "'\($0.text)'" }
        let instead = reported.isEmpty ? "nothing" : reported.joined(separator: ", ")
        throw MapperTestFailure(
            "expected '\(property)' of device '\(device)' to be reported as \(value) within \(limit)\n"
                + "  reported, the newest last: \(instead)\n" + circumstances(of: device),
            place
        )
    }

    /// Waits until a device's newest state is this one.
    ///
    ///     try await edge.expectState(.offline)
    /// - Parameters:
    ///   - state: The state.
    ///   - device: The device; needed only when there are several.
    ///   - limit: How long to wait at most.
    ///   - fileID: The caller's file, for the failure's text.
    ///   - line: The caller's line.
    /// - Throws: ``MapperTestFailure`` with the state it has and what the mapper complained about; `CancellationError`
    ///   when the test is cancelled.
    public func expectState(
        _ state: DeviceState,
        of device: DeviceID? = nil,
        within limit: Duration = .seconds(10),
        fileID: String = #fileID,
        line: UInt = #line
    ) async throws {
        let place = TestPlace(fileID: fileID, line: line)
        let device = try subject(device, place)
        let isMet = await records.becomes(within: limit) { $0.states.last(of: device)?.state == state }
        guard !isMet else { return }
        try Task.checkCancellation()
        throw MapperTestFailure(
            "expected device '\(device)' to be \(state) within \(limit)\n" + circumstances(of: device),
            place
        )
    }

    /// Does something and expects that a property is not reported meanwhile.
    ///
    /// What is done says how long that is: moving a ``ManualClock``, for one, waits for nothing and misses nothing.
    ///
    ///     try await edge.expectNoReport("temperature") {
    ///         await clock.advance(by: .seconds(60), keeping: 1)
    ///     }
    /// - Parameters:
    ///   - property: The property's name.
    ///   - device: The device; needed only when there are several.
    ///   - action: What is done.
    ///   - fileID: The caller's file, for the failure's text.
    ///   - line: The caller's line.
    /// - Throws: ``MapperTestFailure`` with what was reported; what the action throws.
    public func expectNoReport(
        _ property: String,
        of device: DeviceID? = nil,
        fileID: String = #fileID,
        line: UInt = #line,
        while action: () async throws -> Void
    ) async throws {
        let place = TestPlace(fileID: fileID, line: line)
        let device = try subject(device, place)
        try check(property, of: device, place)
        let before = records.now.values(of: property, device).count
        try await action()
        let reported = records.now.values(of: property, device).dropFirst(before).map { "'\($0.text)'" }
        guard !reported.isEmpty else { return }
        throw MapperTestFailure(
            "expected no report of '\(property)' of device '\(device)'\n"
                + "  reported, the newest last: \(reported.suffix(5).joined(separator: ", "))\n"
                + circumstances(of: device),
            place
        )
    }

    /// Desires a value, as somebody in the cloud does.
    ///
    ///     try edge.desire("setpoint", "21.5")
    /// - Parameters:
    ///   - property: The property's name.
    ///   - value: The value as text, which is how KubeEdge carries it.
    ///   - device: The device; needed only when there are several.
    ///   - fileID: The caller's file, for the failure's text.
    ///   - line: The caller's line.
    /// - Throws: ``MapperTestFailure`` when the device has no such property, or it is not clear which device is meant.
    public func desire(
        _ property: String,
        _ value: String,
        of device: DeviceID? = nil,
        fileID: String = #fileID,
        line: UInt = #line
    ) throws {
        let place = TestPlace(fileID: fileID, line: line)
        let device = try subject(device, place)
        try check(property, of: device, place)
        desire(device, [property: value])
    }

    /// The device that is meant.
    private func subject(_ device: DeviceID?, _ place: TestPlace) throws(MapperTestFailure) -> DeviceID {
        if let device { return device }
        let known = records.now.profile.devices.map(\.id)
        if known.count == 1 { return known[0] }
        let found = known.isEmpty ? "none" : known.map { "'\($0)'" }.joined(separator: ", ")
        throw MapperTestFailure("say which device with 'of:'; the edge was sent \(found)", place)
    }

    /// Finds a name that is misspelt before anything is waited for.
    private func check(_ property: String, of device: DeviceID, _ place: TestPlace) throws(MapperTestFailure) {
        guard let names = records.now.profile.device(device)?.properties.map(\.name), !names.contains(property) else {
            return
        }
        let suggestion = Spelling.suggestion(for: property, in: names)
        throw MapperTestFailure(
            "device '\(device)' has no property '\(property)'\(suggestion); it has \(names.joined(separator: ", "))",
            place
        )
    }

    /// What else is known about a device when something did not come.
    private func circumstances(of device: DeviceID) -> String {
        let records = records.now
        var lines = ["  state: \(records.states.last(of: device)?.state.rawValue ?? "none was reported")"]
        let remarks = records.remarks.all.filter { $0.device == device }.suffix(3)
        lines += remarks.map { "  the mapper said: \($0.text)" }
        if let call = records.underWay[device] { lines.append("  under way: \(call)") }
        return lines.joined(separator: "\n")
    }
}

extension InMemoryEdge.Records {
    /// What was reported of a property, oldest first.
    fileprivate func values(of property: String, _ device: DeviceID) -> [TwinReport.Value] {
        reports.all.lazy.filter { $0.device == device }.compactMap { $0.values[property] }
    }
}
