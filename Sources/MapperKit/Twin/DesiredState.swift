// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Follows one desired value from the moment the edge asks for it until the device has it.
struct DesiredState: Equatable, Sendable {
    /// How far it got.
    enum Phase: Equatable, Sendable {
        /// It has to be written, not before a moment of uptime; compared with the device first where it may be there.
        case pending(comparesFirst: Bool, failures: Int, notBefore: Duration)
        /// The device accepted it, or had it already.
        case applied
        /// It cannot be written; the reason was logged.
        case refused
    }

    /// The text as the edge sent it.
    let text: String
    /// What it means; `nil` when it was refused before it could mean anything.
    let value: PropertyValue?
    /// How far it got.
    var phase: Phase
}
