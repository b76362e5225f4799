// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Is an open device: one that is connected, or one that is only listened to.
public struct BluetoothSession: PushingSession {
    private let session: any PushingSession<BluetoothVisitor>

    init(_ session: any PushingSession<BluetoothVisitor>) { self.session = session }

    /// Says who takes what the device says by itself.
    public func push(to listener: @escaping @Sendable (DeviceNews) -> Void) { session.push(to: listener) }

    /// Reads properties; what came by itself is taken from there.
    public func read(_ visitors: [PropertyVisitor<BluetoothVisitor>]) async -> [Result<Sample, any Error>] {
        await session.read(visitors)
    }

    /// Writes one property.
    /// - Throws: ``DeviceError``; ``ValueError`` when the device has no such value.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<BluetoothVisitor>) async throws {
        try await session.write(value, to: visitor)
    }

    /// Lets go of the device.
    public func close() async { await session.close() }
}
