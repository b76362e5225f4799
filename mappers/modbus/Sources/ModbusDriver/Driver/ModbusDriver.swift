// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import MapperKit

/// Reaches devices over Modbus TCP and Modbus RTU.
///
/// Devices of one serial line, or of one host and port, share a bus; copies of a driver share their buses.
public struct ModbusDriver: DeviceDriver {
    private let buses: BusRegistry
    let memories = UnitMemories()
    let logger: Logger
    private let clock: any MapperClock

    /// Creates a driver without any open bus.
    /// - Parameters:
    ///   - logger: Told when a line does not take a setting.
    ///   - clock: Gives readings their time.
    public init(logger: Logger = Logger(label: "modbus"), clock: any MapperClock = SystemClock()) {
        buses = BusRegistry(BusEnvironment(logger: logger))
        self.logger = logger
        self.clock = clock
    }

    /// `modbus`.
    public var protocolNames: [String] { ["modbus"] }

    /// Takes a place on the device's bus and asks the device for one register or bit.
    ///
    /// A refusal counts as an answer; a device without properties is not asked.
    /// - Throws: ``DeviceError`` when nothing answers.
    public func open(_ device: Device<ModbusConnection, ModbusVisitor>) async throws -> ModbusSession {
        guard let address = device.config.bus, let number = UInt8(exactly: device.config.slaveID) else {
            throw DeviceError(.unsupported, "the configuration of '\(device.id)' names no bus or no unit")
        }
        let lease = try buses.lease(address)
        let memory = memories.memory(of: number, on: address, line: address.lineTime, logger: logger)
        let timing = device.config.timing
        let unit = ModbusUnit(bus: lease.bus, number: number, timing: timing, memory: memory, clock: clock)
        let session = ModbusSession(unit: unit, lease: lease, device: device)
        do {
            try await session.greet()
        } catch {
            lease.end()
            throw error
        }
        return session
    }

    /// What the visitor's keys make of a raw number.
    public func transform(for visitor: ModbusVisitor) -> ValueTransform { visitor.transform }

    /// The visitor's `deadband`.
    public func deadband(for visitor: ModbusVisitor) -> Double { visitor.values.deadband }
}
