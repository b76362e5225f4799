// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

extension ModbusDriver {
    /// Forecasts what the devices take of each bus, with what is known about them by now.
    package func forecasts(
        _ devices: [Device<ModbusConnection, ModbusVisitor>],
        assuming assumptions: BusForecast.Assumptions = BusForecast.Assumptions()
    ) -> [BusForecast] {
        var order: [BusAddress] = []
        var groups: [String: [Device<ModbusConnection, ModbusVisitor>]] = [:]
        for device in devices {
            guard let bus = device.config.bus else { continue }
            if groups[bus.key] == nil { order.append(bus) }
            groups[bus.key, default: []].append(device)
        }
        return order.map { BusForecast($0, groups[$0.key] ?? [], assumptions, memories) }
    }

    /// Warns about lines that cannot do what all their devices together want, however fast the devices answer.
    public func check(_ devices: [Device<ModbusConnection, ModbusVisitor>]) -> [Diagnostic] {
        forecasts(devices).compactMap { bus in
            guard bus.isLine, let overload = bus.overload else { return nil }
            let first = devices.first { $0.id == bus.devices.first?.device }
            return .warning(at: first?.instance.protocolConfig.location ?? first?.instance.location, overload)
        }
    }
}

extension ModbusDriver {
    /// Reads everything of a device a few times; how fast it is and what it refuses is known from then on.
    /// - Throws: ``DeviceError`` when nothing answers.
    package func learn(_ device: Device<ModbusConnection, ModbusVisitor>) async throws {
        let session = try await open(device)
        for _ in 0..<8 {
            for portion in session.portions(of: device.visitors, with: []) { _ = await session.read(portion) }
        }
        await session.close()
    }
}
