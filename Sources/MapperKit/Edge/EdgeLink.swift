// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the side devices and desired values come from and reports go to: KubeEdge, by MQTT or by DMI, or a test.
///
/// It speaks of twins, not of topics: versions, character rules, rate limits, re-subscription and waiting for the
/// other side are its own business. It never blocks its caller and keeps at most the newest value of each property.
public protocol EdgeLink: Sendable {
    /// What comes from the edge. One consumer reads it.
    var events: EdgeInbox { get }

    /// Keeps the link alive until the task is cancelled; then sends what is waiting, as far as that is quickly possible.
    ///
    /// An edge that cannot be reached is no error: the link waits for it and says so in the log.
    /// - Throws: only what nobody can mend while the mapper runs, a certificate that cannot be read for one.
    func run() async throws

    /// Takes values for a device's twin; they go out together. The newest value of each property wins while waiting.
    func report(_ report: TwinReport)

    /// Takes values for the telemetry topic; the newest of each property wins while waiting.
    func publish(_ telemetry: Telemetry)

    /// Takes a device's state; the newest wins while waiting.
    func report(_ state: DeviceState, of device: DeviceID)

    /// Whether values of a device wait for earlier ones that are still on their way.
    ///
    /// Its next reading is then put off a little: without that, a mapper that is asked for more than its processor can do
    /// would read all the time and send nothing. An edge that is not there is never behind. By default no link is.
    func isBehind(_ device: DeviceID) -> Bool
}

extension EdgeLink {
    /// A link that never is behind.
    public func isBehind(_ device: DeviceID) -> Bool { false }
}
