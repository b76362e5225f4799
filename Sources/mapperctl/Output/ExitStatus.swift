// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What the shell is told, in the numbers of `sysexits.h` where there is one.
enum ExitStatus: Int32 {
    /// The edge said no: it does not know the device, or does not take the value.
    case refused = 1
    /// The command line makes no sense.
    case usage = 64
    /// The broker cannot be reached, or nobody answers.
    case unavailable = 69
    /// A message would have stopped twin processing on a real node, or all of EdgeCore (`edge --strict`).
    case crash = 70
    /// A new mapper's folder cannot be made.
    case cannotCreate = 73
    /// The value was accepted and is not reported yet.
    case pending = 75
    /// The profile or the connection's settings cannot be used.
    case configuration = 78

    static let help = """
        Exit codes: 0 done; 1 the edge refused; 64 wrong usage; 69 the broker cannot be reached or nobody answers; \
        70 a message that a real node would not have survived unharmed (edge --strict); 75 accepted, but not reported in time \
        (twin set); 78 the profile or the connection's settings cannot be used.
        """

    /// Ends the command, after a last word on standard error.
    func exit(_ message: String) -> ExitCode {
        StandardOutput.complain(message)
        return ExitCode(rawValue)
    }
}
