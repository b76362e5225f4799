// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a driver that can find devices nobody has configured yet.
///
/// Every mapper with such a driver has the subcommand `discover`.
public protocol DeviceDiscovering: DeviceDriver {
    /// What finding devices needs, and which devices it does not find, as lines for a help text; empty for nothing.
    static var discoveryHelp: String { get }

    /// Looks for devices without changing anything in them.
    ///
    /// Returns when there is nothing more to find, at the latest soon after its task is cancelled, which happens when
    /// the time is over. Blocking is allowed.
    /// - Parameters:
    ///   - time: How long there is, for whoever has to divide it; others need not look at it.
    ///   - found: Told of each device, from any thread, until this function has returned. Of a device that is told
    ///     again, because more of it is known by then, the last word counts; one device is what is reached in one way
    ///     (``DiscoveredDevice/protocolConfig``).
    /// - Throws: ``DeviceError``, or any error, when it is not possible to look; `CancellationError` is none.
    func discover(for time: Duration, found: @escaping @Sendable (DiscoveredDevice) -> Void) async throws
}

extension DeviceDiscovering {
    /// Nothing.
    public static var discoveryHelp: String { "" }
}
