// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one unit on a bus: asks it, and says what went wrong in sentences.
struct ModbusUnit: Sendable, CustomStringConvertible {
    let bus: Bus
    let number: UInt8
    let timing: UnitTiming
    let memory: UnitMemory
    let clock: any MapperClock

    /// As people say it: `unit 3 on 10.0.0.5:502`.
    var description: String { "unit \(number) on \(bus.address)" }

    /// The first pause before a unit that is busy is asked again; each further one is twice as long.
    private static let busyPause = Duration.milliseconds(50)
    private static let busyRepetitions = 4
    private static let shortestProbe = Duration.milliseconds(100)

    /// Has a request done; a refusal is an answer too.
    ///
    /// A unit that says that it is busy is asked again a few times; a write that it goes on with is done.
    func ask(
        _ request: ModbusRequest,
        as role: Transaction.Role = .reading,
        deadline: ContinuousClock.Instant? = nil,
        at place: WaitingPlace? = nil
    ) async throws(DeviceError) -> ModbusAnswer {
        var transaction = transaction(request, retries: timing.retries, deadline: deadline)
        transaction.role = role
        var pause = Self.busyPause
        for _ in 0..<Self.busyRepetitions {
            let answer = try await perform(transaction, at: place)
            switch answer {
            case .exception(.acknowledged) where request.isWrite: return .done
            case .exception(.acknowledged), .exception(.busy): break
            case .bits, .registers, .done, .exception: return answer
            }
            do {
                try await clock.sleep(untilUptime: clock.uptime + pause)
            } catch {
                throw failure(.cancelled, of: request)
            }
            pause *= 2
        }
        return try await perform(transaction, at: place)
    }

    /// Asks once, to see whether the unit is there.
    ///
    /// A unit that was heard before gets a few times what it took then: absent ones must not hold up the line. Each time
    /// it stays silent it gets twice as much, as it may have come back slower than it was.
    func probe(_ request: ModbusRequest) async throws(DeviceError) -> ModbusAnswer {
        var transaction = transaction(request, retries: 0, deadline: nil)
        if let patience = memory.patience(atLeast: Self.shortestProbe) {
            transaction.longestAnswer = transaction.timeout
            transaction.timeout = min(transaction.timeout, patience)
        }
        do throws(DeviceError) {
            let answer = try await perform(transaction)
            memory.probed(isHeard: true)
            return answer
        } catch {
            if error.code == .timedOut { memory.probed(isHeard: false) }
            throw error
        }
    }

    private func transaction(
        _ request: ModbusRequest,
        retries: Int,
        deadline: ContinuousClock.Instant?
    ) -> Transaction {
        Transaction(
            unit: number,
            request: request,
            timeout: .milliseconds(timing.responseTimeout),
            pause: .milliseconds(timing.requestPause),
            switchPause: .milliseconds(timing.unitSwitchPause),
            retries: retries,
            deadline: deadline
        )
    }

    private func perform(
        _ transaction: Transaction,
        at place: WaitingPlace? = nil
    ) async throws(DeviceError) -> ModbusAnswer {
        do throws(BusFault) {
            let reply = try await bus.perform(transaction, at: place)
            if case .exception = reply.answer {} else { memory.note(transaction.request, roundTrip: reply.roundTrip) }
            return reply.answer
        } catch {
            var failure = failure(error, of: transaction.request)
            failure.mayHaveBeenExecuted = error.mayHaveBeenExecuted
            throw failure
        }
    }

    /// Has a write done, which is read back at once.
    /// - Throws: ``DeviceError``, also for refusals.
    func order(_ request: ModbusRequest) async throws(DeviceError) {
        if case .exception(let exception) = try await ask(request, as: .command) {
            throw refusal(exception, of: request)
        }
    }

    /// The error for a refusal.
    func refusal(_ exception: ModbusException, of request: ModbusRequest) -> DeviceError {
        let code: DeviceError.Code =
            switch exception {
            case .acknowledged, .busy: .busy
            default: exception.meansAbsent ? .unreachable : .rejected
            }
        return DeviceError(code, "\(exception): \(request.subject) of \(self)")
    }

    /// How long a silent unit keeps others waiting: where answers do not say what they answer, the line has to stay
    /// silent after that for as long again.
    private func lineTime(of timeout: Duration) -> Duration {
        bus.address.tellsAnswersApart ? timeout : timeout * 2
    }

    /// The error for a value that the unit does not give: it refuses it, or is silent about it.
    func refusal(_ exception: ModbusException?, of request: ModbusRequest) -> DeviceError {
        if let exception { return refusal(exception, of: request) }
        return DeviceError(.rejected, "no answer, while the unit gives others: \(request.subject) of \(self)")
    }

    private func failure(_ fault: BusFault, of request: ModbusRequest) -> DeviceError {
        let deed = request.isWrite ? "writing" : "reading"
        switch fault {
        case .unreachable(let reason):
            return DeviceError(.unreachable, "\(bus.address) cannot be reached: \(reason)", underlyingError: fault)
        case .timedOut(let time):
            let message = "\(self) did not answer within \(time.milliseconds) ms, \(deed) \(request.subject)"
            return DeviceError(.timedOut, message, underlyingError: fault, lineTime: lineTime(of: time))
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
