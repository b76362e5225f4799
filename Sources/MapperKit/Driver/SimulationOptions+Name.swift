// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension SimulationOptions {
    /// Names an option that means something to some drivers only.
    public enum Name: CaseIterable, Hashable, Sendable {
        /// ``SimulationOptions/port``.
        case port
        /// ``SimulationOptions/seed``.
        case seed
        /// ``SimulationOptions/isPaced``.
        case pace
        /// ``SimulationOptions/requestLog``.
        case requestLog
        /// ``SimulationOptions/identifiesPlaces``.
        case identify
    }
}
