// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Prints a line at once, also into a file.
package func say(_ line: String = "") {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

extension Double {
    /// The number with so many decimals.
    package func text(_ decimals: Int) -> String { String(format: "%.\(decimals)f", self) }
}

extension Duration {
    /// The span in seconds.
    package var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
