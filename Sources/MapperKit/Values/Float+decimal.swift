// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension Float {
    /// The double nearest to this number's shortest decimal text: what its owner would call the same number.
    ///
    /// 0.1 in single precision is 0.100000001490116…; this gives the 0.1 of double precision.
    var decimal: Double {
        // As many decimals as are needed to get this float back. Where the steps between floats are not the same on
        // both sides, or digits before the point do not all count, the text decides.
        let magnitude = Double(self.magnitude)
        guard magnitude >= 0.001, magnitude < 1_048_576, significandBitPattern != 0 else { return decimalOfText }
        var power = 1.0
        for _ in 0...11 {
            let candidate = (magnitude * power).rounded(.toNearestOrEven) / power
            if Float(candidate) == self.magnitude { return self < 0 ? -candidate : candidate }
            power *= 10
        }
        return decimalOfText
    }

    private var decimalOfText: Double {
        if let whole = Int32(exactly: self), abs(whole) < 16_777_216 { return Double(whole) }
        return Double(description) ?? Double(self)
    }
}
