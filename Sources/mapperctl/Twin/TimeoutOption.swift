// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How long to wait.
struct TimeoutOption: ParsableArguments {
    @Option(help: "How many seconds to wait for answers.")
    var timeout = 5.0

    var duration: Duration { .milliseconds(Int64(timeout * 1000)) }

    func validate() throws {
        guard timeout > 0, timeout <= 86400 else {
            throw ValidationError("--timeout is \(timeout); allowed is more than 0 and at most 86400 seconds")
        }
    }
}
