// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperProfile

/// Finds one device of a profile, and properties of it, by the names a person typed.
struct DeviceSelection<Driver: DeviceDriver> {
    typealias BoundDevice = DriverBinding<Driver>.BoundDevice
    typealias Visitor = PropertyVisitor<Driver.VisitorConfig>

    let driver: Driver
    let console: Console

    /// Finds a device by `NAME` or `NAMESPACE/NAME`; says on the console why there is none.
    func device(_ name: String, in paths: [String]) throws(CommandFailure) -> BoundDevice {
        let profile: DeviceProfile
        do {
            profile = try ProfileLoader().load(paths).profile
        } catch {
            console.complain(error.diagnostics)
            throw CommandFailure(.configuration)
        }
        let binding = DriverBinding(driver)
        let (device, diagnostics) = binding.bind(try instance(name, in: profile, binding))
        console.complain(diagnostics)
        guard let device else { throw CommandFailure(.configuration) }
        return device
    }

    /// Finds properties of a device, all of them if none is named.
    func visitors(_ names: [String], of device: BoundDevice) throws(CommandFailure) -> [Visitor] {
        guard !names.isEmpty else { return device.visitors }
        let known = device.visitors.map(\.property.name)
        var visitors: [Visitor] = []
        for name in names {
            guard let visitor = device.visitor(of: name) else {
                throw fail("there is no property '\(name)' in device '\(device.id)'", name, known)
            }
            visitors.append(visitor)
        }
        return visitors
    }

    /// Finds a method of a device.
    func method(_ name: String, of device: BoundDevice) throws(CommandFailure) -> DeviceMethod {
        let methods = device.instance.methods
        guard let method = methods.first(where: { $0.name == name }) else {
            throw fail("there is no method '\(name)' in device '\(device.id)'", name, methods.map(\.name))
        }
        return method
    }

    /// Finds a property that a method of a device writes.
    func visitor(_ name: String, of method: DeviceMethod, _ device: BoundDevice) throws(CommandFailure) -> Visitor {
        guard method.propertyNames.contains(name), let visitor = device.visitor(of: name) else {
            let problem = "method '\(method.name)' of device '\(device.id)' has no property '\(name)'"
            throw fail(problem, name, method.propertyNames)
        }
        return visitor
    }

    private func instance(
        _ name: String,
        in profile: DeviceProfile,
        _ binding: DriverBinding<Driver>
    ) throws(CommandFailure) -> DeviceInstance {
        let matches = profile.devices.filter { $0.id.description == name || $0.id.name == name }
        if let exact = matches.first(where: { $0.id.description == name }) ?? (matches.count == 1 ? matches.first : nil)
        {
            guard binding.concerns(exact) else {
                let own = driver.protocolNames.joined(separator: "/")
                let other = exact.protocolName ?? "no protocol"
                console.complain("error: device '\(exact.id)' speaks \(other), this mapper speaks \(own)")
                throw CommandFailure(.usage)
            }
            return exact
        }
        guard matches.isEmpty else {
            let names = matches.map(\.id.description).joined(separator: ", ")
            console.complain("error: '\(name)' is the name of several devices, say which one: \(names)")
            throw CommandFailure(.usage)
        }
        throw fail("there is no device '\(name)'", name, profile.devices.filter(binding.concerns).map(\.id.description))
    }

    private func fail(_ message: String, _ name: String, _ known: [String]) -> CommandFailure {
        let list = known.isEmpty ? "there is none" : known.sorted().joined(separator: ", ")
        console.complain("error: \(message)\(Spelling.suggestion(for: name, in: known)) (known: \(list))")
        return CommandFailure(.usage)
    }
}
