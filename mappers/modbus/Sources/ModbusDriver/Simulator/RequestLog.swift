// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit
import Synchronization

/// Writes down what simulated devices are asked, one JSON object a line.
///
/// `{"t":1764000000.000123,"u":1,"fc":3,"a":100,"n":10,"on":"tcp 127.0.0.1:1502"}` for a request, with the time in
/// seconds since 1970, unit, function, first address and count, and `{"t":…,"accept":1,"on":…}` for a connection. A
/// request that a fault befell has `"faults":["late"]` as well.
final class RequestLog: Sendable {
    private struct State {
        var text: [UInt8] = []
        var isBroken = false
        var nextFlush = ContinuousClock.now + RequestLog.interval
    }

    /// How old a line may get before it is in the file.
    static let interval = Duration.seconds(1)
    /// Bytes that are kept at most.
    private static let capacity = 64 * 1024

    private let descriptor: CInt
    private let start: (wall: Timestamp, uptime: ContinuousClock.Instant)
    private let onFailure: @Sendable (SystemError) -> Void
    private let state = Mutex(State())

    /// Opens the file, which is emptied.
    /// - Parameter onFailure: Told once, when the file can take no more; the devices are played on.
    init(_ path: String, onFailure: @escaping @Sendable (SystemError) -> Void) throws(DeviceError) {
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let error = SystemError.last
            throw DeviceError(
                .driverFailure,
                "the request log \(path) cannot be opened: \(error)",
                underlyingError: error
            )
        }
        // A clock that is set meanwhile must not stretch the time between requests.
        start = (SystemClock().timestamp, .now)
        self.onFailure = onFailure
    }

    deinit {
        close(descriptor)
    }

    /// Notes a connection.
    func accepted(on place: String) {
        add("\"accept\":1,\"on\":\"\(place)\"")
    }

    /// Notes a request.
    func received(_ request: SimulatorRequest, on place: String, befallenBy faults: [FaultName]) {
        let (address, count) = request.target.map { ($0.span.first, $0.span.count) } ?? (0, 0)
        let names = faults.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        let note = faults.isEmpty ? "" : ",\"faults\":[\(names)]"
        add(
            "\"u\":\(request.unit),\"fc\":\(request.function),\"a\":\(address),\"n\":\(count),"
                + "\"on\":\"\(place)\"\(note)"
        )
    }

    /// Brings what was noted into the file if it is time.
    func flushIfDue() {
        if state.withLock({ $0.nextFlush <= .now }) { flush() }
    }

    /// Brings everything that was noted into the file.
    func flush() {
        let failure: SystemError? = state.withLock { write(&$0) }
        if let failure { onFailure(failure) }
    }

    private func add(_ fields: String) {
        let microseconds = start.wall.milliseconds * 1000 + start.uptime.duration(to: .now).microseconds
        let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        let failure: SystemError? = state.withLock { state in
            guard !state.isBroken else { return nil }
            state.text += Array("{\"t\":\(microseconds / 1_000_000).\(fraction),\(fields)}\n".utf8)
            return state.text.count < Self.capacity ? nil : write(&state)
        }
        if let failure { onFailure(failure) }
    }

    private func write(_ state: inout State) -> SystemError? {
        state.nextFlush = .now + Self.interval
        defer { state.text.removeAll(keepingCapacity: true) }
        var rest = state.text[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                state.isBroken = true
                return .last
            }
        }
        return nil
    }
}
