// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Decodes the advertisements of one device in every format that it knows.
///
/// It keeps what the next advertisement is compared with: the counter of each encrypted format, and the last frame.
struct BeaconDecoder: Sendable {
    /// Is a frame with what it said.
    private struct Known: Sendable {
        var frame: [UInt8]
        var reading: BeaconReading
    }

    private let address: BluetoothAddress
    private let key: BindKey?
    private var counters: [BeaconFormat: BeaconCounter] = [:]
    private var known: [BeaconFormat: Known] = [:]

    /// Whether something was encrypted with the device's key, so came from it.
    var hasOpened: Bool { counters.values.contains { $0.last != nil } }

    /// Creates one for a device.
    ///
    /// - Parameter key: Opens encrypted frames. With a key, frames of BTHome and MiBeacon in the clear are refused.
    init(address: BluetoothAddress, key: BindKey? = nil) {
        self.address = address
        self.key = key
    }

    /// What an advertisement tells: one outcome for each format that is in it, most have one or none.
    mutating func decode(_ data: AdvertisementData) -> [Result<BeaconReading, BeaconError>] {
        var outcomes: [Result<BeaconReading, BeaconError>] = []
        for (format, frame) in Self.frames(in: data) {
            do throws(BeaconError) {
                outcomes.append(.success(try reading(frame, format)))
            } catch {
                outcomes.append(.failure(error))
            }
        }
        return outcomes
    }

    private static func frames(in data: AdvertisementData) -> [(BeaconFormat, [UInt8])] {
        var frames: [(BeaconFormat, [UInt8])] = []
        if let frame = data.manufacturerData[IBeaconFrame.company], IBeaconFrame.matches(frame) {
            frames.append((.iBeacon, frame))
        }
        if let frame = data.serviceData[EddystoneFrame.service], let eddystone = EddystoneFrame(frame) {
            frames.append((eddystone.format, frame))
        }
        if let frame = data.serviceData[BTHomeFrame.service] { frames.append((.bthome, frame)) }
        if let frame = data.serviceData[MiBeaconFrame.service] { frames.append((.miBeacon, frame)) }
        if let frame = data.serviceData[ThermometerFrame.service], let format = ThermometerFrame.format(of: frame) {
            frames.append((format, frame))
        }
        return frames
    }

    private mutating func reading(_ frame: [UInt8], _ format: BeaconFormat) throws(BeaconError) -> BeaconReading {
        if let known = known[format], known.frame == frame {
            var reading = known.reading
            reading.isRepeat = true
            return reading
        }
        let reading = try newReading(frame, format)
        known[format] = Known(frame: frame, reading: reading)
        return reading
    }

    private mutating func newReading(_ frame: [UInt8], _ format: BeaconFormat) throws(BeaconError) -> BeaconReading {
        switch format {
        case .iBeacon: return try IBeaconFrame.reading(frame)
        case .eddystoneUID, .eddystoneURL, .eddystoneTLM, .eddystoneEID:
            guard let eddystone = EddystoneFrame(frame) else { throw .truncated(format) }
            return try eddystone.reading()
        case .bthome: return try bthome(frame)
        case .miBeacon: return try miBeacon(frame)
        case .atc: return try ThermometerFrame.atc(frame, from: address)
        case .pvvx: return try ThermometerFrame.pvvx(frame, from: address)
        }
    }

    private mutating func bthome(_ data: [UInt8]) throws(BeaconError) -> BeaconReading {
        let frame = try BTHomeFrame(data)
        guard frame.isEncrypted else {
            guard key == nil else { throw .notEncrypted(.bthome) }
            return BeaconReading(format: .bthome, fields: try frame.fields())
        }
        let sealed = try frame.sealed(from: address)
        let fields = try BTHomeFrame.fields(try open(sealed))
        return BeaconReading(format: .bthome, fields: fields, counter: sealed.counter)
    }

    private mutating func miBeacon(_ data: [UInt8]) throws(BeaconError) -> BeaconReading {
        let frame = try MiBeaconFrame(data, from: address)
        guard frame.isEncrypted else {
            // Encrypting devices also send frames that only say that they are there.
            guard key == nil || !frame.hasObjects else { throw .notEncrypted(.miBeacon) }
            return BeaconReading(format: .miBeacon, fields: try frame.fields())
        }
        let sealed = try frame.sealed(from: address)
        let fields = try frame.fields(payload: try open(sealed))
        return BeaconReading(format: .miBeacon, fields: fields, counter: sealed.counter)
    }

    private mutating func open(_ sealed: SealedBeacon) throws(BeaconError) -> [UInt8] {
        try sealed.open(with: key, counter: &counters[sealed.format, default: BeaconCounter()])
    }
}
