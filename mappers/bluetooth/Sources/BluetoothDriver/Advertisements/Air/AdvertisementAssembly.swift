// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Puts the fragments of long advertisements together.
///
/// Fragments of different senders, and of different sets of one sender, may come between each other. What never gets
/// its end is bounded: 32 advertisements of 1650 bytes, the longest that the Core Specification knows (Vol 4 Part E
/// 7.8.54); the one begun first is given up for a new one. Fragments follow each other within a second, so that what was
/// begun long before is none of the same advertisement.
struct AdvertisementAssembly: Sendable {
    private struct Source: Hashable {
        var address: BluetoothAddress
        var kind: BluetoothAddress.Kind
        var advertisingSet: UInt8?
        var isScanResponse: Bool

        init(_ report: HCIAdvertisingReport) {
            address = report.address
            kind = report.kind
            advertisingSet = report.advertisingSet
            isScanResponse = report.isScanResponse
        }
    }

    private struct Beginning {
        var data: [UInt8]
        var uptime: Duration
    }

    private static let longestWait = Duration.seconds(5)
    private static let greatestLength = 1650
    private static let greatestCount = 32

    private var begun: [Source: Beginning] = [:]
    private var order: [Source] = []

    /// How many advertisements wait for their end.
    var waitingCount: Int { begun.count }

    /// Takes a report; gives the advertisement that it completes.
    mutating func add(_ report: HCIAdvertisingReport, at uptime: Duration) -> Advertisement? {
        let source = Source(report)
        if let beginning = begun[source], uptime - beginning.uptime > Self.longestWait { forget(source) }
        let data = (begun[source]?.data ?? []) + report.data
        guard report.dataStatus == .moreToCome, data.count <= Self.greatestLength else {
            forget(source)
            return advertisement(report, data: data.prefix(Self.greatestLength), at: uptime)
        }
        if begun[source] == nil {
            if order.count >= Self.greatestCount { forget(order[0]) }
            order.append(source)
        }
        begun[source] = Beginning(data: data, uptime: begun[source]?.uptime ?? uptime)
        return nil
    }

    private mutating func forget(_ source: Source) {
        guard begun.removeValue(forKey: source) != nil else { return }
        order.removeAll { $0 == source }
    }

    private func advertisement(
        _ report: HCIAdvertisingReport,
        data: some Collection<UInt8>,
        at uptime: Duration
    ) -> Advertisement {
        Advertisement(
            address: report.address,
            kind: report.kind,
            rssi: report.rssi,
            isConnectable: report.isConnectable,
            isScanResponse: report.isScanResponse,
            isTruncated: report.dataStatus != .complete,
            data: AdvertisementData(parsing: data),
            uptime: uptime
        )
    }
}
