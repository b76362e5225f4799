// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Has one scanner hear broken advertisements for a while.
struct AdvertisementFuzz {
    private var random: FuzzRandom
    private var assembly = AdvertisementAssembly()
    private var decoder: BeaconDecoder
    private var tally = FuzzTally()

    init(random: FuzzRandom) {
        self.random = random
        let key = self.random.one(of: AdvertisementSamples.keys.map { Optional($0) } + [nil]).flatMap { BindKey($0) }
        guard let address = BluetoothAddress(AdvertisementSamples.address) else { preconditionFailure("no address") }
        decoder = BeaconDecoder(address: address, key: key)
    }

    mutating func run() throws -> FuzzTally {
        var time = Duration.zero
        for _ in 0..<50 {
            time += .milliseconds(random.number(0...3000))
            let packet = packet()
            for report in HCIAdvertisingReport.reports(in: packet) {
                guard report.data.count <= packet.count else { throw FuzzFinding("more data than bytes: \(packet)") }
                guard let advertisement = assembly.add(report, at: time) else { continue }
                try decode(advertisement.data, limit: 1650)
            }
            // The data without the event around it, which is more often whole.
            try decode(AdvertisementData(parsing: packet.dropFirst(14)), limit: packet.count)
            guard assembly.waitingCount <= 32 else { throw FuzzFinding("\(assembly.waitingCount) wait for their end") }
        }
        try noise()
        return tally
    }

    /// Data of chance under the numbers that beacons have.
    private mutating func noise() throws {
        for service: UInt16 in [0xFEAA, 0xFCD2, 0xFE95, 0x181A] {
            var data = AdvertisementData()
            data.serviceData[BluetoothUUID(service)] = random.bytes(0...80)
            guard decoder.decode(data).count <= 1 else { throw FuzzFinding("more than one format in \(data)") }
        }
    }

    private mutating func packet() -> [UInt8] {
        switch random.number(0...19) {
        case 0: return random.bytes(0...80)
        case 1: return [0x3E, 0xFF, 0x0D, 1] + random.bytes(0...255)
        case 2, 3: return fragment()
        default: return random.mutated(random.one(of: AdvertisementSamples.events), changes: 0...4)
        }
    }

    /// A part of a long advertisement, of one of many senders, which may never end.
    private mutating func fragment() -> [UInt8] {
        let data = random.bytes(0...200)
        let sender: [UInt8] = [UInt8(random.number(0...40)), 2, 3, 4, 5, 6]
        let end = [UInt8(random.number(0...1)), 0, 0, 127, 0xC4] + [UInt8](repeating: 0, count: 9)
        let record = [random.one(of: [0x20, 0x20, 0x20, 0x00, 0x40, 0x28]), 0, 1] + sender + [1, 0] + end
        return [0x3E, UInt8(record.count + data.count + 3), 0x0D, 1] + record + [UInt8(data.count)] + data
    }

    private mutating func decode(_ data: AdvertisementData, limit: Int) throws {
        let size = (data.localName?.utf8.count ?? 0) / 3 + data.serviceUUIDs.count
        let parts =
            data.serviceData.values.map(\.count).reduce(0, +) + data.manufacturerData.values.map(\.count).reduce(0, +)
        guard size + parts <= limit else { throw FuzzFinding("more said than heard: \(data)") }
        for outcome in decoder.decode(data) {
            switch outcome {
            case .success(let reading):
                tally.taken += 1
                guard reading.fields.count <= limit else { throw FuzzFinding("more fields than bytes: \(data)") }
            case .failure(let error):
                tally.refused += 1
                guard !error.description.isEmpty else { throw FuzzFinding("an error that says nothing") }
            }
        }
    }
}
#endif
