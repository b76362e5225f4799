// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a value that a simulated beacon tells.
struct PlannedField: Sendable {
    let field: BeaconField
    let course: SimulatedCourse

    /// The number for a moment, in the field's unit.
    func number(at seconds: Double) -> Double { course.number(at: seconds) }
}
