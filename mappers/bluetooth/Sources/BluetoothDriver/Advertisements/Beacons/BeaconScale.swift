// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Turns the whole number of a format into the number that it stands for, with no more digits than it has.
struct BeaconScale: Hashable, Sendable {
    /// What one step is worth, times the power of ten.
    var step: Int64 = 1
    /// How many decimals there are.
    var decimals = 0

    static let whole = BeaconScale()
    static let tenths = BeaconScale(decimals: 1)
    static let hundredths = BeaconScale(decimals: 2)
    static let thousandths = BeaconScale(decimals: 3)
    static let millionths = BeaconScale(decimals: 6)

    /// Whole numbers stay such; one division of exact numbers gives the double nearest to the decimal: 25.06 from 2506.
    func value(_ raw: Int64) -> PropertyValue {
        let scaled = raw * step
        guard decimals > 0 else { return .int(scaled) }
        var power = 1.0
        for _ in 0..<decimals { power *= 10 }
        return .double(Double(scaled) / power)
    }
}
