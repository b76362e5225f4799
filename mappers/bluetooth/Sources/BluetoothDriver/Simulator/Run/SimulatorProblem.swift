// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Tells why a simulator cannot run.
struct SimulatorProblem: Error, Hashable, CustomStringConvertible {
    var what: String
    /// The system's error number.
    var number: CInt

    /// The problem that the system's last call had.
    static func last(_ what: String) -> SimulatorProblem { SimulatorProblem(what: what, number: errno) }

    var description: String { "\(what): error \(number)" }
}
