// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Fits a straight line through round trips by the registers they brought: least squares, old ones fading.
struct CostFit: Sendable {
    private var weight = 0.0
    private var registers = 0.0
    private var seconds = 0.0
    private var registersSquared = 0.0
    private var product = 0.0
    private var secondsSquared = 0.0

    /// What is left of an answer's weight after the next one.
    private static let memory = 0.98
    /// What a register costs on a network that passes it on without a slow line behind.
    private static let leastPerRegister = 1.25e-8
    private static let leastPerRequest = 1e-6

    mutating func note(registers count: Double, seconds sample: Double) {
        let mean = weight > 0 ? seconds / weight : sample
        let time = min(sample, mean * 3)
        weight = weight * Self.memory + 1
        registers = registers * Self.memory + count
        seconds = seconds * Self.memory + time
        registersSquared = registersSquared * Self.memory + count * count
        product = product * Self.memory + count * time
        secondsSquared = secondsSquared * Self.memory + time * time
    }

    /// The cost by what was noted.
    var cost: LinkCost {
        guard weight > 0 else { return LinkCost(perRequest: Self.leastPerRequest, perRegister: Self.leastPerRegister) }
        let slope = significantSlope ?? Self.leastPerRegister
        let perRequest = seconds / weight - slope * registers / weight
        return LinkCost(perRequest: max(perRequest, Self.leastPerRequest), perRegister: slope)
    }

    /// The cost per register, where lengths differ enough and the slope stands out of the noise by far.
    private var significantSlope: Double? {
        let variance = registersSquared / weight - (registers / weight) * (registers / weight)
        guard weight >= 12, variance >= 9 else { return nil }
        let covariance = product / weight - registers / weight * seconds / weight
        let slope = covariance / variance
        let total = secondsSquared / weight - (seconds / weight) * (seconds / weight)
        let residual = max(total - slope * covariance, 0)
        guard slope > Self.leastPerRegister, slope * slope * variance * weight > 16 * residual else { return nil }
        return slope
    }
}
