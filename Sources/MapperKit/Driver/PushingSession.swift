// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is an open device that says things without being asked.
///
/// MapperKit goes on reading on schedule: a session whose values come by themselves answers with the last one, at no cost.
public protocol PushingSession<VisitorConfig>: DeviceSession {
    /// Says who takes what the device says by itself; called once, before the first reading.
    ///
    /// - Parameter listener: Called from any thread until ``DeviceSession/close()`` has returned, and never kept waiting.
    ///   Of several samples of one property the newest counts.
    func push(to listener: @escaping @Sendable (DeviceNews) -> Void)
}
