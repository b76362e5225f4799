// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one way in which a simulated device fails.
struct SimulatorFault: Hashable, Sendable {
    /// Says what happens to a request.
    enum Effect: Hashable, Sendable {
        /// The answer takes its time, some moment of the range; the device does nothing else meanwhile.
        case latency(ClosedRange<Duration>)
        /// The answer comes later, and answers to later requests may overtake it.
        case late(Duration)
        /// The request is lost.
        case silence
        /// The connection is closed; on a serial line the request is lost.
        case hangUp
        /// The answer is damaged on its way.
        case garble
        /// The device refuses.
        case refuse(code: UInt8)
        /// More registers are refused with exception 3; 16 bits count as one register.
        case limit(registers: Int)
        /// Requests that touch the addresses are refused with exception 2.
        case illegal(AddressRange)
        /// The device has no such table: exception 1.
        case lack(RegisterTable)
    }

    /// The device it befalls, `name` or `namespace/name`; `nil` for all.
    var device: String?
    var effect: Effect
    var occurrence = FaultOccurrence.always
}
