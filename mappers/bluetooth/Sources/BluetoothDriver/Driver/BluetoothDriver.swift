// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import MapperKit

/// Reaches Bluetooth Low Energy devices through the kernel of this machine.
public struct BluetoothDriver: DeviceDriver {
    let logger: Logger
    let clock: any MapperClock

    /// Creates a driver that has not touched any adapter yet.
    /// - Parameters:
    ///   - logger: For what concerns an adapter, and no single device.
    ///   - clock: Gives readings their time.
    public init(logger: Logger = Logger(label: "bluetooth"), clock: any MapperClock = SystemClock()) {
        self.logger = logger
        self.clock = clock
    }

    /// `bluetooth`.
    public var protocolNames: [String] { ["bluetooth"] }

    /// Connects to a device, or begins listening to it.
    /// - Throws: ``DeviceError`` when it is not there.
    public func open(_ device: Device<BluetoothConnection, BluetoothVisitor>) async throws -> BluetoothSession {
        throw DeviceError(.unsupported, "reading is not implemented by this driver yet")
    }

    /// What the visitor's keys make of a raw number.
    public func transform(for visitor: BluetoothVisitor) -> ValueTransform { visitor.transform }

    /// The visitor's `deadband`.
    public func deadband(for visitor: BluetoothVisitor) -> Double { visitor.values.deadband }
}
