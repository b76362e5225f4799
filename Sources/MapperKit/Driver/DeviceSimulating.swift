// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a driver that can also play its devices, for tests and demonstrations without hardware.
public protocol DeviceSimulating: DeviceDriver {
    /// The failures the driver can rehearse, and how to write them, as indented lines for a help text; empty for none.
    static var faultHelp: String { get }

    /// The options that mean something to the driver; a help text shows no others.
    static var simulationOptions: Set<SimulationOptions.Name> { get }

    /// Command lines that work with the driver, for a help text: what stands behind `simulate`, one each.
    static var simulationExamples: [String] { get }

    /// Checks options that the driver has to understand: ``SimulationOptions/faults`` above all.
    ///
    /// Called before ``simulate(_:with:ready:)``, which is not called when an error is found.
    /// - Parameters:
    ///   - options: What is asked for.
    ///   - devices: The devices to play.
    /// - Returns: everything that is wrong, all at once: what, and what is allowed.
    func check(_ options: SimulationOptions, for devices: [Device<ProtocolConfig, VisitorConfig>]) -> [Diagnostic]

    /// Serves the devices until the task is cancelled.
    ///
    /// Values move inside the models' limits; what can be written keeps what was written.
    /// - Parameters:
    ///   - devices: The devices to play.
    ///   - options: How to play them.
    ///   - ready: Called once everything can be reached, with one line a device for people.
    /// - Throws: ``DeviceError`` when the devices cannot be served, a port in use for one.
    func simulate(
        _ devices: [Device<ProtocolConfig, VisitorConfig>],
        with options: SimulationOptions,
        ready: @Sendable ([String]) -> Void
    ) async throws
}

extension DeviceSimulating {
    /// Nothing: devices that never fail.
    public static var faultHelp: String { "" }

    /// A port only.
    public static var simulationOptions: Set<SimulationOptions.Name> { [.port] }

    /// A folder and a file.
    public static var simulationExamples: [String] { ["--profile devices/", "--profile deviceProfile.json"] }

    /// Refuses everything but a port: whoever can do more says so by a check of its own.
    public func check(
        _ options: SimulationOptions,
        for devices: [Device<ProtocolConfig, VisitorConfig>]
    ) -> [Diagnostic] {
        var findings = options.faults.map {
            Diagnostic.error(at: nil, "fault '\($0)': this mapper's devices are played without failures")
        }
        if options.isPaced { findings.append(.error(at: nil, "this mapper's devices are played at no certain speed")) }
        if options.requestLog != nil { findings.append(.error(at: nil, "this mapper's devices log no requests")) }
        if options.identifiesPlaces { findings.append(.error(at: nil, "this mapper's devices number no places")) }
        return findings
    }
}
