// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Keeps everything of one kind that was received, and how far a test has read it for each device.
struct Record<Element: Sendable>: Sendable {
    var all: [Element] = []
    private var read: [DeviceID: Int] = [:]
    private let device: @Sendable (Element) -> DeviceID

    init(device: @escaping @Sendable (Element) -> DeviceID) {
        self.device = device
    }

    func last(of id: DeviceID) -> Element? {
        all.last { device($0) == id }
    }

    /// The oldest element of a device that was not taken yet.
    mutating func takeNext(of id: DeviceID) -> Element? {
        let start = read[id, default: 0]
        guard let index = all[start...].firstIndex(where: { device($0) == id }) else { return nil }
        read[id] = index + 1
        return all[index]
    }

    mutating func forget() {
        all = []
        read = [:]
    }
}
