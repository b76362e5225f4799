// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Collects what discovery reports, by device.
struct FoundPeers {
    private var places: [MGMTAddress: Int] = [:]
    /// In the order they were found.
    private(set) var all: [DiscoveredPeer] = []

    /// Takes a report.
    /// - Returns: all that is known of the device now.
    mutating func note(_ report: MGMTDeviceReport) -> DiscoveredPeer {
        if let place = places[report.peer] {
            all[place].merge(report)
            return all[place]
        }
        places[report.peer] = all.count
        all.append(DiscoveredPeer(report))
        return all[all.count - 1]
    }
}
