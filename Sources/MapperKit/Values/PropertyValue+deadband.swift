// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension PropertyValue {
    /// Whether a value is further from another than a deadband; what is no number always is.
    func differs(from other: PropertyValue, byMoreThan deadband: Double) -> Bool {
        if case .int(let left) = self, case .int(let right) = other {
            let (difference, isTooFar) = left.subtractingReportingOverflow(right)
            return isTooFar || Double(difference.magnitude) > deadband
        }
        guard let left = number, let right = other.number else { return true }
        // 21.6 - 21.5 is a little above 0.1 in binary: the noise of the two numbers is no difference.
        return abs(left - right) > deadband + 4 * max(left.ulp, right.ulp)
    }
}
