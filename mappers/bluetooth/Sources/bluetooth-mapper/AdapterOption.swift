// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Checks the option `--adapter`.
enum AdapterOption {
    /// Refuses the socket of `simulate`, which carries connections and advertisements, but has no radio.
    static func check(_ adapter: String?) throws {
        guard let adapter, adapter.contains("/") else { return }
        throw ValidationError(
            "'--adapter' is \(adapter), allowed is hci0, hci1, … or an address: the socket of simulate is for read, write and run"
        )
    }
}
