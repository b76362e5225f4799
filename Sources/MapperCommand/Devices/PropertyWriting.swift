// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Writes one property of one device, or calls a method with it, and compares it with what the device says afterwards.
struct PropertyWriting<Driver: DeviceDriver> {
    let driver: Driver
    let device: DriverBinding<Driver>.BoundDevice
    let visitor: PropertyVisitor<Driver.VisitorConfig>
    let context: CommandContext
    /// The method to call with the property; `nil` to write it.
    var method: DeviceMethod?

    private var name: String { "property '\(visitor.property.name)' of device '\(device.id)'" }

    /// Writes a value given as text.
    func write(_ text: String) async -> CommandStatus {
        let value: PropertyValue
        do {
            value = try visitor.property.model.desiredValue(parsing: text)
        } catch {
            return fail(.invalidValue, "\(name): \(error)")
        }
        let access = OpenDevice(driver: driver, clock: context.clock)
        do {
            return try await access.use(device) { session in await write(value, to: session, access) }
        } catch {
            return fail(.unavailable, "device '\(device.id)' could not be opened: \(error)")
        }
    }

    private func write(_ value: PropertyValue, to session: Driver.Session, _ access: OpenDevice<Driver>) async
        -> CommandStatus
    {
        do {
            try await send(driver.rawValue(of: value, for: visitor), to: session)
        } catch let error as ValueError {
            return fail(.invalidValue, "\(name): \(error)")
        } catch {
            let failure = method.map { "method '\($0.name)' could not be called with \(name)" }
            return fail(.inputOutput, "\(failure ?? "\(name) could not be written"): \(error)")
        }
        let readings = await access.read([visitor], from: session)
        return judge(readings, wanted: value)
    }

    private func send(_ raw: PropertyValue, to session: Driver.Session) async throws {
        if let method {
            try await session.carryOut(method, with: raw, on: visitor)
        } else {
            try await session.write(raw, to: visitor)
        }
    }

    private func judge(_ readings: [OpenDevice<Driver>.Reading], wanted: PropertyValue) -> CommandStatus {
        guard let reading = readings.first else { return fail(.internalError, "\(name): nothing was read back") }
        switch reading.value {
        case .failure(let error):
            return fail(.inputOutput, "\(name) was written, but could not be read back: \(error)")
        case .success(let value):
            let unit = visitor.property.model.unit.map { " \($0)" } ?? ""
            context.console.print(LogText.escaped("\(visitor.property.name) = \(value.text)\(unit)"))
            guard value == wanted else {
                return fail(.negative, "\(name) was set to \(wanted.text), but the device says \(value.text)")
            }
            return .success
        }
    }

    private func fail(_ status: CommandStatus, _ message: String) -> CommandStatus {
        context.console.complain("error: \(LogText.escaped(message))")
        return status
    }
}
