// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import Synchronization

/// Lets all devices of one adapter share it.
final class RadioRegistry: Sendable {
    private let radios: Mutex<[String: any Radio]> = Mutex([:])
    private let make: @Sendable (String) -> any Radio

    /// - Parameter keyFolder: Where the keys of pairings are kept.
    init(keyFolder: String, clock: any MapperClock, logger: Logger) {
        make = { name in
            guard !name.hasPrefix("/") else { return SocketRadio(name, clock: clock) }
            return KernelRadio(name, keyFolder: keyFolder, clock: clock, logger: logger)
        }
    }

    /// The radio of an adapter's name, or of a simulator's path.
    subscript(name: String) -> any Radio {
        radios.withLock { radios in
            if let radio = radios[name] { return radio }
            let radio = make(name)
            radios[name] = radio
            return radio
        }
    }
}
