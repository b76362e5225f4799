// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Speaks one protocol: knows how to open devices, and what their configuration looks like.
///
/// A driver is a value without state of its own, or one whose state is shared on purpose (a bus several devices hang
/// on). MapperKit decodes the configuration once, when a profile is loaded; complaints name file, line and column.
///
/// The least is written by conforming to ``DirectDriver``, for devices that need no connection. What a driver can do
/// beyond reading and writing it says by conforming to ``DeviceSimulating`` or ``DeviceDiscovering``, and its sessions by
/// conforming to ``PushingSession`` or ``MethodSession``. Two drivers make one by ``CombinedDriver``.
///
/// MapperKit promises:
/// - calls to one session never overlap;
/// - blocking inside ``open(_:)`` and inside a session is allowed and disturbs no other device: every device runs on
///   an executor of its own. (Work moved into `Task.detached` loses that.)
/// - ``DeviceSession/close()`` follows every successful ``open(_:)``.
public protocol DeviceDriver: Sendable {
    /// How to reach a device: the keys of the protocol section.
    associatedtype ProtocolConfig: Decodable & Sendable
    /// How to reach a property: the keys of its visitor.
    associatedtype VisitorConfig: Decodable & Sendable
    /// An open device.
    associatedtype Session: DeviceSession where Session.VisitorConfig == VisitorConfig

    /// The names under which KubeEdge's objects ask for this driver, for example `modbus`; letter case does not count.
    var protocolNames: [String] { get }

    /// Connects to a device. Called again, with growing pauses, until it succeeds.
    ///
    /// Succeeding means that the device was heard, or that nothing can be known before the first reading.
    /// - Throws: whatever keeps the device from being reached; ``DeviceError`` says it best.
    func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session

    /// Checks what decoding alone cannot: ranges, keys that exclude each other, types that do not fit.
    ///
    /// Called once per device when a profile is loaded, before anything is started.
    /// - Returns: errors and warnings; ``Device/location(of:)`` finds the places.
    func check(_ device: Device<ProtocolConfig, VisitorConfig>) -> [Diagnostic]

    /// Checks what no device alone shows: what several ask of one line or one gateway, or take from each other.
    ///
    /// Called for the whole profile when it is loaded and whenever it changes, with the devices in which nothing was
    /// wrong. With an error among the findings a profile is not started; what merely runs badly is a warning.
    /// - Returns: errors and warnings; ``Device/location(of:)`` finds the places.
    func check(_ devices: [Device<ProtocolConfig, VisitorConfig>]) -> [Diagnostic]

    /// Says how raw numbers become the property's values; MapperKit applies it in both directions.
    ///
    /// Called for each value: a visitor type keeps the transform, see ``ValueTransform``.
    func transform(for visitor: VisitorConfig) -> ValueTransform

    /// Says by how much a number must differ from the one last reported to be reported again, in the property's unit.
    func deadband(for visitor: VisitorConfig) -> Double
}

extension DeviceDriver {
    /// A device in the driver's own types.
    public typealias BoundDevice = Device<ProtocolConfig, VisitorConfig>
    /// A property with the way to it in the driver's own type.
    public typealias Visitor = PropertyVisitor<VisitorConfig>

    /// Finds nothing.
    public func check(_ device: Device<ProtocolConfig, VisitorConfig>) -> [Diagnostic] { [] }

    /// Finds nothing.
    public func check(_ devices: [Device<ProtocolConfig, VisitorConfig>]) -> [Diagnostic] { [] }

    /// Leaves numbers as they are.
    public func transform(for visitor: VisitorConfig) -> ValueTransform { .identity }

    /// Has every change reported.
    public func deadband(for visitor: VisitorConfig) -> Double { 0 }
}
