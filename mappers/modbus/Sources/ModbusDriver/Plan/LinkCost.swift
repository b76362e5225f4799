// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what reading costs on a link, in seconds: so much for each request, and so much for what it reads.
///
/// The measure that plans are made by: two values are worth one request when the registers between them cost less than
/// another request would.
struct LinkCost: Hashable, Sendable {
    /// What each request costs however little it reads: frames around the data, silences, the unit's turnaround; or a
    /// round trip on a network.
    var perRequest: Double
    /// What one more register costs.
    var perRegister: Double
    /// What one more bit costs.
    var perBit: Double

    /// What one more register costs on a network without a slow line behind it.
    static let networkRegister = 5e-8

    /// Computes the cost on a serial line.
    /// - Parameter turnaround: What the unit takes between the end of a request and the begin of its answer.
    init(_ line: LineTime, turnaround: Double) {
        perRequest = line.perRead.inSeconds + turnaround
        perRegister = line.perRegister.inSeconds
        perBit = line.perEightBits.inSeconds / 8
    }

    /// Takes what was measured on a network.
    init(perRequest: Double, perRegister: Double) {
        self.perRequest = perRequest
        self.perRegister = perRegister
        perBit = perRegister / 16
    }

    /// What a request for some addresses costs.
    func cost(of count: Int, in table: RegisterTable) -> Double {
        // Bits travel eight to a byte.
        table.holdsBits
            ? perRequest + perBit * Double((count + 7) / 8 * 8) : perRequest + perRegister * Double(count)
    }

    /// Whether another cost is so different that plans have to be made anew.
    ///
    /// Plans made for a cost 18 % too high were seen to take 6 % more than they needed to.
    func differs(from other: LinkCost) -> Bool {
        func isFar(_ a: Double, _ b: Double) -> Bool { abs(a - b) > 0.1 * max(a, b) }
        return isFar(perRequest, other.perRequest) || isFar(perRegister, other.perRegister)
    }
}

extension Duration {
    /// Seconds as a number, for what is computed with.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
