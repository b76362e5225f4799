// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Is an open serial line on which Modbus RTU is spoken.
///
/// Nothing in an RTU frame says which request it answers. So after every fault the line has to be silent, for as long
/// as an answer can be late, before anything is asked again.
struct SerialLink: Link, ~Copyable {
    private let context: ModbusContext
    private let frameGap: Duration
    private var lastActivity = ContinuousClock.now
    /// How long the line must have been silent before the next request.
    private var requiredSilence: Duration
    /// The longest each unit has taken to answer.
    private var slowestAnswer: [UInt8: Duration] = [:]

    /// A line on which something always talks is no line to work with.
    private static let patience = Duration.seconds(5)

    /// Opens the line for this process alone.
    /// - Parameter onDoubt: Told what could not be set but may not matter.
    init(_ line: SerialLine, onDoubt: (String) -> Void) throws(BusFault) {
        context = try Self.open(line, onDoubt: onDoubt)
        frameGap = line.settings.frameGap
        requiredSilence = frameGap
    }

    private static func open(_ line: SerialLine, onDoubt: (String) -> Void) throws(BusFault) -> ModbusContext {
        let context = try ModbusContext.serial(line)
        do throws(SystemError) {
            try context.connect(within: .seconds(1))
        } catch {
            // The C library's word for settings that the terminal did not keep.
            if error.number == EINVAL {
                throw .unreachable("it does not take \(line.settings); pseudo terminals know no parity")
            }
            throw .unreachable(error.description)
        }
        try FrameFault.checkLimit(of: context.descriptor)
        guard modbus_terminal_lock(context.descriptor) == 0 else {
            throw .unreachable("it is no serial line: \(SystemError.last)")
        }
        guard line.settings.isRS485 else { return context }
        do throws(SystemError) {
            try context.enableRS485()
        } catch {
            onDoubt("the kernel cannot switch \(line.path) to RS-485 (\(error)); adapters that do it themselves work")
        }
        return context
    }

    var descriptor: CInt { context.descriptor }

    /// A line is opened again only when it broke.
    var isCondemned: Bool { false }

    mutating func exchange(_ transaction: Transaction) throws(BusFault) -> ModbusAnswer {
        try awaitSilence()
        let start = ContinuousClock.now
        do throws(BusFault) {
            try send(transaction)
            let message = try receive(for: transaction, until: start + transaction.timeout)
            let answer = try transaction.answer(from: message)
            lastActivity = .now
            requiredSilence = frameGap
            slowestAnswer[transaction.unit] = max(slowestAnswer[transaction.unit] ?? .zero, start.duration(to: .now))
            return answer
        } catch {
            lastActivity = .now
            requiredSilence = max(frameGap, slowestAnswer[transaction.unit] ?? transaction.timeout)
            throw error
        }
    }

    private func send(_ transaction: Transaction) throws(BusFault) {
        do throws(SystemError) {
            try context.sendSerial(transaction.request.bytes, unit: transaction.unit)
        } catch {
            throw .disconnected(error.description)
        }
    }

    private func receive(
        for transaction: Transaction,
        until deadline: ContinuousClock.Instant
    ) throws(BusFault) -> [UInt8] {
        let frame: [UInt8]
        do throws(SystemError) {
            frame = try context.receive(within: ContinuousClock.now.duration(to: deadline))
        } catch {
            throw error.number == ETIMEDOUT ? .timedOut(transaction.timeout) : FrameFault.fault(for: error)
        }
        // libmodbus gives nothing for frames of other units, whose checksum it does not look at.
        guard frame.first == transaction.unit, frame.count > 3 else {
            throw .malformed("an answer of another unit")
        }
        return Array(frame.dropFirst().dropLast(2))
    }

    private mutating func awaitSilence() throws(BusFault) {
        let line = Descriptor(number: descriptor)
        let end = ContinuousClock.now + Self.patience + requiredSilence
        while true {
            switch line.drain() {
            case .nothing: break
            case .bytes: lastActivity = .now
            // A terminal without bytes looks like one that was closed; only an error is one.
            case .closed(nil): break
            case .closed(let error?): throw .disconnected(error.description)
            }
            let remaining = requiredSilence - lastActivity.duration(to: .now)
            guard remaining > .zero else { return }
            guard ContinuousClock.now < end else { throw .malformed("the line is never silent") }
            if remaining < .milliseconds(1) {
                usleep(UInt32(max(remaining.microseconds, 1)))
            } else {
                _ = line.waitForBytes(atMost: remaining)
            }
        }
    }
}
