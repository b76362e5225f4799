// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is an open device that carries out methods in a way of its own (`spec.methods` of a Device, KubeEdge v1.19 and later).
///
/// A call names a method, one of its properties and a value. For a session that does not conform it is a write of that
/// property, and nothing else; so is it in mappers made from KubeEdge's mapper-framework.
///
/// KubeEdge's cloud calls no methods by itself: nothing comes down with the desired values. They are for whoever is
/// beside the device, with a mapper's subcommand `call`.
public protocol MethodSession<VisitorConfig>: DeviceSession {
    /// Calls a method; returns when the device has accepted it.
    ///
    /// The property is one of the method's, the value has been checked against the device model and is raw: the driver's
    /// transform has been undone already.
    /// - Throws: ``DeviceError``; ``ValueError`` when the device cannot represent the value.
    func call(
        _ method: DeviceMethod,
        with value: PropertyValue,
        on visitor: PropertyVisitor<VisitorConfig>
    ) async throws
}

extension DeviceSession {
    /// Calls a method, as the session does it; for one that knows no methods it is a write of the property.
    package func carryOut(
        _ method: DeviceMethod,
        with value: PropertyValue,
        on visitor: PropertyVisitor<VisitorConfig>
    ) async throws {
        if let session = self as? any MethodSession<VisitorConfig> {
            try await session.call(method, with: value, on: visitor)
        } else {
            try await write(value, to: visitor)
        }
    }
}
