// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Collects who is in reach, by address.
struct AirSurvey: Sendable {
    private struct Source: Hashable {
        var address: BluetoothAddress
        var kind: BluetoothAddress.Kind
    }

    /// So many peripherals are kept; addresses that change every few minutes would fill any list.
    static let limit = 4096

    private var known: [Source: ScannedPeripheral] = [:]

    /// Whether nobody was heard.
    var isEmpty: Bool { known.isEmpty }

    /// The peripherals, the strongest first; those of one strength by address.
    var peripherals: [ScannedPeripheral] {
        known.values.sorted { one, other in
            let (mine, others) = (one.rssi ?? -128, other.rssi ?? -128)
            return mine != others ? mine > others : one.address.description < other.address.description
        }
    }

    /// Takes a packet.
    mutating func hear(_ advertisement: Advertisement) {
        change(advertisement.address, advertisement.kind) { $0.hear(advertisement) }
    }

    /// Takes what the kernel's discovery says; classic devices are passed over.
    mutating func note(_ peer: DiscoveredPeer) {
        guard let kind = peer.peer.kind else { return }
        change(peer.peer.address, kind) { $0.note(peer) }
    }

    private mutating func change(
        _ address: BluetoothAddress,
        _ kind: BluetoothAddress.Kind,
        _ body: (inout ScannedPeripheral) -> Void
    ) {
        let source = Source(address: address, kind: kind)
        guard known[source] != nil || known.count < Self.limit else { return }
        body(&known[source, default: ScannedPeripheral(address, kind)])
    }
}
