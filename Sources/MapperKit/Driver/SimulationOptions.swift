// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how devices are to be played, beyond what their configuration says.
public struct SimulationOptions: Hashable, Sendable {
    /// Where to listen instead of the ports in the devices' configuration; 0 takes any free one.
    public var port: Int?
    /// The failures to rehearse, in the driver's own words; see ``DeviceSimulating/faultHelp``.
    public var faults: [String]
    /// What chance is drawn from: the same seed and the same requests bring the same failures.
    ///
    /// `nil` leaves it to the driver.
    public var seed: UInt64?
    /// Whether lines that are played in memory are as slow as the ones they stand for.
    public var isPaced: Bool
    /// The path of a file that gets every request as a device sees it, one JSON object a line.
    public var requestLog: String?
    /// Whether each place holds a number of its own that never changes, in the driver's way of numbering them, instead
    /// of values that look real: a value taken from the wrong place is seen then.
    public var identifiesPlaces: Bool

    /// Creates options; without any, devices are played at their own ports, at once and without failures.
    public init(
        port: Int? = nil,
        faults: [String] = [],
        seed: UInt64? = nil,
        isPaced: Bool = false,
        requestLog: String? = nil,
        identifiesPlaces: Bool = false
    ) {
        self.port = port
        self.faults = faults
        self.seed = seed
        self.isPaced = isPaced
        self.requestLog = requestLog
        self.identifiesPlaces = identifiesPlaces
    }
}
