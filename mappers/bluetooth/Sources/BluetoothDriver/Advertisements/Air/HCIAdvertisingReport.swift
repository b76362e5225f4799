// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one advertising report of an adapter: a whole advertisement, or a fragment of a long one.
///
/// LE Advertising Report and LE Extended Advertising Report (Core Specification, Vol 4 Part E 7.7.65.2 and 7.7.65.13).
struct HCIAdvertisingReport: Hashable, Sendable {
    /// Says how much of the data is there.
    enum DataStatus: Hashable, Sendable {
        /// All, or the last fragment.
        case complete
        /// The next fragment follows in another report.
        case moreToCome
        /// The rest will not come.
        case truncated
    }

    var address: BluetoothAddress
    var kind: BluetoothAddress.Kind
    var isConnectable: Bool
    var isScanResponse: Bool
    /// Tells the advertisements of one sender apart; `nil` in legacy reports.
    var advertisingSet: UInt8?
    var dataStatus: DataStatus
    var rssi: Int?
    var data: [UInt8]

    /// Reads the reports of one event, up to the first that is cut off.
    ///
    /// - Parameter packet: The event, with or without the 0x04 that a raw HCI socket puts in front of it. Other events
    ///   have no reports.
    static func reports(in packet: some Collection<UInt8>) -> [HCIAdvertisingReport] {
        var event = Array(packet)[...]
        // 0x04 says "event" on the wire; the code of LE Meta events is 0x3E.
        if event.count > 1, event[event.startIndex] == 0x04, event[event.startIndex + 1] == 0x3E {
            event = event.dropFirst()
        }
        guard event.popFirst() == 0x3E, let length = event.popFirst() else { return [] }
        event = event.prefix(Int(length))
        guard let subevent = event.popFirst(), let count = event.popFirst() else { return [] }
        var reports: [HCIAdvertisingReport] = []
        for _ in 0..<count {
            let size = subevent == 0x02 ? legacySize(event) : subevent == 0x0D ? extendedSize(event) : nil
            guard let size, event.count >= size else { break }
            let record = Array(event.prefix(size))
            // A report without an address (anonymous advertising) is of no use, its neighbours are.
            if let report = subevent == 0x02 ? Self(legacy: record) : Self(extended: record) { reports.append(report) }
            event = event.dropFirst(size)
        }
        return reports
    }

    /// How many bytes the next record takes; `nil` when not even its length is there.
    private static func legacySize(_ bytes: ArraySlice<UInt8>) -> Int? {
        bytes.count >= 10 ? 10 + Int(bytes[bytes.startIndex + 8]) : nil
    }

    private static func extendedSize(_ bytes: ArraySlice<UInt8>) -> Int? {
        bytes.count >= 24 ? 24 + Int(bytes[bytes.startIndex + 23]) : nil
    }

    /// Type, address type, address, length, data, signal strength.
    private init?(legacy record: [UInt8]) {
        let type = record[0]
        guard type <= 4, let address = BluetoothAddress(littleEndian: record[2..<8]), let kind = Self.kind(record[1])
        else { return nil }
        self.address = address
        self.kind = kind
        // 0: connectable and undirected, 1: directed, 2: scannable, 3: neither, 4: scan response.
        isConnectable = type <= 1
        isScanResponse = type == 4
        advertisingSet = nil
        dataStatus = .complete
        rssi = Self.rssi(record[record.count - 1])
        data = Array(record[9..<record.count - 1])
    }

    /// Type (2), address type, address, two PHYs, set, power, signal strength, interval (2), direct address (7), length.
    private init?(extended record: [UInt8]) {
        let type = UInt16(record[0]) | UInt16(record[1]) << 8
        guard let address = BluetoothAddress(littleEndian: record[3..<9]), let kind = Self.kind(record[2])
        else { return nil }
        self.address = address
        self.kind = kind
        isConnectable = type & 0x01 != 0
        isScanResponse = type & 0x08 != 0
        advertisingSet = record[11]
        dataStatus =
            switch type >> 5 & 0x03 {
            case 0: .complete
            case 1: .moreToCome
            default: .truncated
            }
        rssi = Self.rssi(record[13])
        data = Array(record[24...])
    }

    /// Resolved addresses (2 and 3) are of the kind that was resolved; `nil` for anonymous ones.
    private static func kind(_ type: UInt8) -> BluetoothAddress.Kind? {
        switch type {
        case 0, 2: .public
        case 1, 3: .random
        default: nil
        }
    }

    /// 127 stands for "not available".
    private static func rssi(_ byte: UInt8) -> Int? { byte == 127 ? nil : Int(Int8(bitPattern: byte)) }
}
