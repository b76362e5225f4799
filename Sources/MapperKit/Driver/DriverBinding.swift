// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Brings a profile's devices into a driver's own types, and finds everything that is wrong with them.
public struct DriverBinding<Driver: DeviceDriver> {
    /// A device in the driver's types.
    public typealias BoundDevice = Device<Driver.ProtocolConfig, Driver.VisitorConfig>

    private let driver: Driver

    /// Creates a binding for a driver.
    public init(_ driver: Driver) {
        self.driver = driver
    }

    /// Whether a device speaks the driver's protocol.
    public func concerns(_ instance: DeviceInstance) -> Bool {
        guard let name = instance.protocolName?.lowercased() else { return false }
        return driver.protocolNames.contains { $0.lowercased() == name }
    }

    /// Binds every device of the driver's protocol; devices of other protocols are left out.
    /// - Returns: the devices without errors, and what was found in all of them, each for itself and together.
    public func bind(_ profile: DeviceProfile) -> (devices: [BoundDevice], diagnostics: [Diagnostic]) {
        var devices: [BoundDevice] = []
        var diagnostics: [Diagnostic] = []
        for instance in profile.devices where concerns(instance) {
            let (device, findings) = bind(instance)
            diagnostics += findings
            if let device { devices.append(device) }
        }
        return (devices, diagnostics + check(devices))
    }

    /// Checks devices that were bound one by one for what they do to each other.
    /// - Parameter devices: All devices that are to run at the same time.
    public func check(_ devices: [BoundDevice]) -> [Diagnostic] { driver.check(devices) }

    /// Binds one device.
    /// - Returns: the device unless there was an error, and what was found.
    public func bind(_ instance: DeviceInstance) -> (device: BoundDevice?, diagnostics: [Diagnostic]) {
        let userInfo = ProtocolChoice.userInfo(for: instance, driver)
        let config = ConfigDecoder.decode(
            Driver.ProtocolConfig.self,
            from: instance.protocolConfig,
            subject: "device '\(instance.id)'",
            userInfo: userInfo
        )
        var diagnostics = config.diagnostics
        var visitors: [PropertyVisitor<Driver.VisitorConfig>] = []
        for property in instance.properties {
            let visitor = ConfigDecoder.decode(
                Driver.VisitorConfig.self,
                from: property.visitor,
                subject: "property '\(property.name)' of device '\(instance.id)'",
                userInfo: userInfo
            )
            diagnostics += visitor.diagnostics
            if let config = visitor.value { visitors.append(PropertyVisitor(property: property, config: config)) }
        }
        guard let config = config.value, !diagnostics.containsErrors else { return (nil, diagnostics) }
        let device = Device(instance: instance, config: config, visitors: visitors)
        diagnostics += driver.check(device)
        return (diagnostics.containsErrors ? nil : device, diagnostics)
    }
}
