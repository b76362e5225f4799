// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a driver whose devices need no connection, so that each reading and each write stands for itself: files, requests
/// to a server, calls of a library.
///
/// It is written without a session. What the runtime promises of sessions is promised of it: calls for one device never
/// overlap, and blocking is allowed. Of a property that a driver does not read, or write, the log says so; nothing is
/// made up for it.
public protocol DirectDriver: DeviceDriver where Session == DirectSession<VisitorConfig> {
    /// Reads one property of a device.
    /// - Throws: ``DeviceError``, or any error, which is kept as its cause. One that ``DeviceError/meansAbsent`` for all
    ///   properties takes the device offline.
    func read(
        _ visitor: PropertyVisitor<VisitorConfig>,
        of device: Device<ProtocolConfig, VisitorConfig>
    ) async throws -> Sample

    /// Writes one property of a device; returns when the device has accepted it.
    ///
    /// The value is raw: the driver's transform has been undone already.
    /// - Throws: ``DeviceError``; ``ValueError`` when the device cannot represent the value, which is not retried.
    func write(
        _ value: PropertyValue,
        to visitor: PropertyVisitor<VisitorConfig>,
        of device: Device<ProtocolConfig, VisitorConfig>
    ) async throws
}

extension DirectDriver {
    /// Succeeds: nothing can be known before the first reading.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> DirectSession<VisitorConfig> {
        DirectSession(driver: self, device: device)
    }

    /// Says that this driver cannot read.
    public func read(
        _ visitor: PropertyVisitor<VisitorConfig>,
        of device: Device<ProtocolConfig, VisitorConfig>
    ) async throws -> Sample {
        throw DeviceError.readingNotImplemented
    }

    /// Says that this driver cannot write.
    public func write(
        _ value: PropertyValue,
        to visitor: PropertyVisitor<VisitorConfig>,
        of device: Device<ProtocolConfig, VisitorConfig>
    ) async throws {
        throw DeviceError.writingNotImplemented
    }
}
