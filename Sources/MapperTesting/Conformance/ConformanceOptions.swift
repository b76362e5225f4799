// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Says how far a driver may be tried, and with what help.
public struct ConformanceOptions: Sendable {
    /// Says what may be written.
    public enum Writes: Hashable, Sendable {
        /// Nothing.
        case nothing
        /// Every property that the model allows to be written.
        case writable
        /// Those of these names that the model allows to be written.
        case only(Set<String>)
    }

    /// What may be written; each property gets back the value that was read before.
    ///
    /// Values within the model's limits are written, and so are some that the device may not be able to represent. On
    /// hardware that acts on what it is told, name what is harmless.
    public var writes = Writes.writable
    /// Whether what a mapper never writes is written too, for devices that are played: values outside the model's
    /// limits, and ReadOnly properties.
    public var writesForbiddenValues = false
    /// How long each call may take, and how long it may take until a device that came back is read again; more than the
    /// driver's own timeouts.
    public var stepTime = Duration.seconds(10)
    /// How often a device is opened and closed in a row; at least 2.
    public var reopenings = 50
    /// How many devices are used at once: the profile's, under other names.
    ///
    /// Fewer than 2 leaves that out.
    public var crowdSize = 100
    /// How long to listen for what a closed session must not push any more.
    public var quietTime = Duration.seconds(1)
    /// Takes a device away, so that it is lost as in the field: unplugs it, or lets it hang.
    ///
    /// Without it the rules about loss are not tried.
    public var takeAway: (@Sendable (DeviceID) async throws -> Void)?
    /// Brings a device back that was taken away.
    public var bringBack: (@Sendable (DeviceID) async throws -> Void)?

    /// Creates options that suit devices that are played in the test.
    public init() {}
}
