// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Remembers by what names and services advertisers go, the newest few hundred of them.
struct Advertisers: Sendable {
    private static let greatestCount = 256

    private var known: [Peer: AdvertisementData] = [:]
    /// The one that is forgotten first stands first.
    private var order: [Peer] = []

    /// Takes an advertisement.
    /// - Returns: the name and the services of its sender, as far as they were ever told; values are not kept.
    mutating func note(_ advertisement: Advertisement) -> AdvertisementData {
        let peer = Peer(address: advertisement.address, kind: advertisement.kind)
        var said = AdvertisementData()
        said.localName = advertisement.data.localName
        said.isNameShortened = advertisement.data.isNameShortened
        said.serviceUUIDs = advertisement.data.serviceUUIDs + advertisement.data.serviceData.keys
        if known[peer] == nil {
            // Most on the air say neither, and would push out those who do.
            guard said.localName != nil || !said.serviceUUIDs.isEmpty else { return said }
            if order.count >= Self.greatestCount { known[order.removeFirst()] = nil }
            order.append(peer)
        }
        known[peer, default: AdvertisementData()].merge(said)
        return known[peer] ?? said
    }
}
