// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says in what ways a simulated peripheral's server misbehaves; it behaves until told otherwise.
struct AttributeFaults: Hashable, Sendable {
    /// Nothing is answered, and nothing told.
    var isSilent = false
    /// How long an answer takes.
    var delay = Duration.zero
    /// Errors that requests for a handle are answered with.
    var errors: [UInt16: UInt8] = [:]
    /// The parts of a long value come back other than they were sent.
    var spoilsEcho = false
    /// How many PDUs are still taken before the peripheral ends the connection; `nil` for any number.
    var remainingPDUs: Int?
}
