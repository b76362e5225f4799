// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one unit on a bus: asks it, and says what went wrong in sentences.
struct ModbusUnit: Sendable, CustomStringConvertible {
    let bus: Bus
    let number: UInt8
    let timeout: Duration
    let clock: any MapperClock

    /// As people say it: `unit 3 on 10.0.0.5:502`.
    var description: String { "unit \(number) on \(bus.address)" }

    /// Has a request done; a refusal is an answer too.
    func ask(_ request: ModbusRequest) async throws(DeviceError) -> ModbusAnswer {
        do throws(BusFault) {
            return try await bus.perform(Transaction(unit: number, request: request, timeout: timeout)).answer
        } catch {
            throw failure(error, of: request)
        }
    }

    /// Has a write done.
    /// - Throws: ``DeviceError``, also for refusals.
    func order(_ request: ModbusRequest) async throws(DeviceError) {
        if case .exception(let exception) = try await ask(request) { throw refusal(exception, of: request) }
    }

    /// The error for a refusal.
    func refusal(_ exception: ModbusException, of request: ModbusRequest) -> DeviceError {
        DeviceError(
            exception.meansAbsent ? .unreachable : .rejected,
            "\(exception): \(request.subject) of \(self)"
        )
    }

    private func failure(_ fault: BusFault, of request: ModbusRequest) -> DeviceError {
        let deed = request.isWrite ? "writing" : "reading"
        switch fault {
        case .unreachable(let reason):
            return DeviceError(.unreachable, "\(bus.address) cannot be reached: \(reason)", underlyingError: fault)
        case .timedOut(let time):
            let message = "\(self) did not answer within \(time.milliseconds) ms, \(deed) \(request.subject)"
            return DeviceError(.timedOut, message, underlyingError: fault)
        case .disconnected(let reason):
            let message =
                "the connection to \(bus.address) broke, \(deed) \(request.subject) of unit \(number): \(reason)"
            return DeviceError(.disconnected, message, underlyingError: fault)
        case .malformed(let reason):
            let message = "\(deed) \(request.subject) of \(self) brought no valid answer: \(reason)"
            return DeviceError(.malformedResponse, message, underlyingError: fault)
        case .cancelled:
            return DeviceError(.cancelled, "cancelled while \(deed) \(request.subject) of \(self)")
        case .overloaded(let waiting):
            let message =
                "\(waiting) requests wait for \(bus.address) already: the bus is asked for more than it can do"
            return DeviceError(.driverFailure, message, underlyingError: fault)
        }
    }
}
