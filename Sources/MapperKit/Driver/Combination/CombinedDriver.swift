// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Speaks two protocols in one process, each by its own driver; `CombinedDriver(ModbusDriver(), OtherDriver())`.
///
/// A device belongs to the driver that knows its protocol's name, and everything is asked of that one alone: checks,
/// readings, writes, transforms. A driver in it may be a combination again. Errors and warnings about configuration
/// are those of the device's own driver.
///
/// By MQTT a mapper with such a driver serves the devices of all its protocols. EdgeCore 1.15 and later, by DMI, sends
/// a mapper the devices of one protocol; with the key `common.protocol` a process of the mapper says which one it is
/// for, and others are started for the others.
///
/// It finds devices, or plays them, if both its drivers do.
public struct CombinedDriver<First: DeviceDriver, Second: DeviceDriver>: DeviceDriver {
    /// How to reach a device of either driver.
    public typealias ProtocolConfig = CombinedConfig<First.ProtocolConfig, Second.ProtocolConfig>
    /// How to reach a property of either driver.
    public typealias VisitorConfig = CombinedConfig<First.VisitorConfig, Second.VisitorConfig>
    /// A device of either driver.
    public typealias Session = CombinedSession<First.Session, Second.Session>

    let first: First
    let second: Second

    /// Combines two drivers.
    /// - Precondition: No protocol's name is known to both: a device would belong to either.
    public init(_ first: First, _ second: Second) {
        let common = Self.commonNames(first, second)
        precondition(
            common.isEmpty,
            "drivers of one protocol cannot be combined: both know \(common.joined(separator: ", "))"
        )
        self.first = first
        self.second = second
    }

    /// The names that both drivers know, in small letters.
    static func commonNames(_ first: First, _ second: Second) -> [String] {
        let names = Set(first.protocolNames.map { $0.lowercased() })
        return names.intersection(second.protocolNames.map { $0.lowercased() }).sorted()
    }

    /// The names of the first driver, then those of the second.
    public var protocolNames: [String] { first.protocolNames + second.protocolNames }

    /// Has the device's own driver open it.
    /// - Throws: whatever that driver throws.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session {
        if let device: Device<First.ProtocolConfig, First.VisitorConfig> = device.first() {
            return Session(first: try await first.open(device))
        }
        if let device: Device<Second.ProtocolConfig, Second.VisitorConfig> = device.second() {
            return Session(second: try await second.open(device))
        }
        throw DeviceError(.unsupported, "no driver of this mapper knows the protocol of '\(device.id)'")
    }

    /// What the device's own driver finds.
    public func check(_ device: Device<ProtocolConfig, VisitorConfig>) -> [Diagnostic] {
        if let device: Device<First.ProtocolConfig, First.VisitorConfig> = device.first() {
            return first.check(device)
        }
        guard let device: Device<Second.ProtocolConfig, Second.VisitorConfig> = device.second() else { return [] }
        return second.check(device)
    }

    /// What each driver finds in its own devices.
    public func check(_ devices: [Device<ProtocolConfig, VisitorConfig>]) -> [Diagnostic] {
        let (mine, others) = parts(devices)
        return first.check(mine) + second.check(others)
    }

    /// Says how raw numbers become values, as the property's own driver says it.
    public func transform(for visitor: VisitorConfig) -> ValueTransform {
        switch visitor {
        case .first(let visitor): first.transform(for: visitor)
        case .second(let visitor): second.transform(for: visitor)
        }
    }

    /// Says by how much a number must differ, as the property's own driver says it.
    public func deadband(for visitor: VisitorConfig) -> Double {
        switch visitor {
        case .first(let visitor): first.deadband(for: visitor)
        case .second(let visitor): second.deadband(for: visitor)
        }
    }

    /// The devices of each driver, in their order.
    func parts(
        _ devices: [Device<ProtocolConfig, VisitorConfig>]
    ) -> ([Device<First.ProtocolConfig, First.VisitorConfig>], [Device<Second.ProtocolConfig, Second.VisitorConfig>]) {
        (devices.compactMap { $0.first() }, devices.compactMap { $0.second() })
    }
}

extension CombinedDriver: DriverCombination {
    package var protocols: [[String]] {
        func protocols(of driver: some DeviceDriver) -> [[String]] {
            (driver as? any DriverCombination)?.protocols ?? [driver.protocolNames]
        }
        return protocols(of: first) + protocols(of: second)
    }

    package func choose(for protocolName: String, _ choice: inout ProtocolChoice) {
        let isFirst = first.protocolNames.contains { $0.lowercased() == protocolName.lowercased() }
        choice.take(isFirst ? .first : .second, for: ProtocolConfig.self)
        choice.take(isFirst ? .first : .second, for: VisitorConfig.self)
        let driver: any DeviceDriver = isFirst ? first : second
        (driver as? any DriverCombination)?.choose(for: protocolName, &choice)
    }
}
