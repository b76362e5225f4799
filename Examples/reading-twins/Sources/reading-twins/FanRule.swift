// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperMQTT

/// Decides when a fan is wanted: on above one temperature, off below another.
struct FanRule {
    /// The device as topics name it.
    let device: String
    let above: Double
    let below: Double
    /// What was wanted last.
    private var isOn: Bool?

    init(device: String, above: Double, below: Double) {
        self.device = device
        self.above = above
        self.below = below
    }

    /// Takes a change of any twin.
    /// - Returns: whether the fan is to run, when that is another wish than the last one.
    mutating func wish(after change: TwinChange) -> Bool? {
        guard change.device.description == device, change.property == "temperature",
            let temperature = change.now?.reported.flatMap(Double.init)
        else { return nil }
        let wish = temperature > above ? true : temperature < below ? false : isOn
        guard wish != isOn else { return nil }
        isOn = wish
        return wish
    }

    /// Forgets the last wish, because it did not get through: the next temperature brings it again.
    mutating func forget() { isOn = nil }
}
