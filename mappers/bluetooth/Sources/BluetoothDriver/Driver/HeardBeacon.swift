// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is what was heard of one device that only advertises, with when.
struct HeardBeacon: Sendable {
    struct Known<Value: Sendable>: Sendable {
        var value: Value
        var time: Timestamp
    }

    /// What one advertisement brought.
    struct News: Sendable {
        /// The names of the beacon's fields that are new.
        var fields: Set<String> = []
        var companies: Set<UInt16> = []
        var services: Set<BluetoothUUID> = []
        /// Whether the device was away before, or never heard.
        var isReturn = false
    }

    /// How long a device that is found by what it advertises has to be silent before another address may be it.
    private static let faithfulness = Duration.seconds(10)

    private(set) var presence: BeaconPresence
    private(set) var lastSeen: Timestamp?
    private(set) var fields: [String: Known<PropertyValue>] = [:]
    private(set) var manufacturerData: [UInt16: Known<[UInt8]>] = [:]
    private(set) var serviceData: [BluetoothUUID: Known<[UInt8]>] = [:]
    /// Why the last frame could not be read.
    private(set) var problem: BeaconError?
    private var address: BluetoothAddress?

    /// - Parameter timeout: After which silence the device is absent.
    init(timeout: Duration) {
        presence = BeaconPresence(timeout: timeout)
    }

    /// Whether an advertisement is taken: it is the device's that was heard before, or that has been silent.
    func accepts(_ advertisement: Advertisement) -> Bool {
        guard let address, address != advertisement.address, let last = presence.lastSeen else { return true }
        return advertisement.uptime - last > Self.faithfulness
    }

    /// Takes an advertisement.
    /// - Parameter outcomes: What its decoder made of it.
    mutating func hear(
        _ advertisement: Advertisement,
        _ outcomes: [Result<BeaconReading, BeaconError>],
        at time: Timestamp
    ) -> News {
        var news = News()
        news.isReturn = !presence.isPresent(at: advertisement.uptime)
        if address != advertisement.address {
            // It may be another device of the same name: what the first one said is not its value.
            (fields, manufacturerData, serviceData, problem) = ([:], [:], [:], nil)
            address = advertisement.address
        }
        presence.heard(rssi: advertisement.rssi, at: advertisement.uptime)
        lastSeen = time
        for outcome in outcomes { take(outcome, &news, time) }
        for (company, octets) in advertisement.data.manufacturerData {
            if manufacturerData[company]?.value != octets { news.companies.insert(company) }
            manufacturerData[company] = Known(value: octets, time: time)
        }
        for (service, octets) in advertisement.data.serviceData {
            if serviceData[service]?.value != octets { news.services.insert(service) }
            serviceData[service] = Known(value: octets, time: time)
        }
        return news
    }

    private mutating func take(
        _ outcome: Result<BeaconReading, BeaconError>,
        _ news: inout News,
        _ time: Timestamp
    ) {
        switch outcome {
        case .success(let reading):
            problem = nil
            if !reading.isRepeat { news.fields.formUnion(reading.fields.keys) }
            for (name, field) in reading.fields { fields[name] = Known(value: field.value, time: time) }
        case .failure(let error): if error.concernsDevice { problem = error }
        }
    }
}

extension BeaconError {
    /// Whether the device itself cannot be read, as opposed to somebody who plays it.
    fileprivate var concernsDevice: Bool {
        switch self {
        case .truncated, .malformed, .keyNeeded, .wrongKey, .encrypted: true
        case .notEncrypted, .replayed, .otherDevice: false
        }
    }
}
