// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Encrypted beacons")
struct BeaconCryptoTests {
    private static let key = "231d39c1d7cc1ab1aee224cd096db932"
    private static let address = "54:48:E6:8F:80:A5"

    /// A frame of BTHome as the device would send it.
    private static func frame(counter: UInt32, payload: [UInt8] = [0x01, 0x61]) throws -> AdvertisementData {
        let address = try #require(BluetoothAddress(address))
        let key = try #require(BindKey(key))
        let count = (0..<4).map { UInt8(truncatingIfNeeded: counter >> ($0 * 8)) }
        let sealed = try #require(
            AESCCM(key: key).seal(payload, tagLength: 4, nonce: address.bytes + [0xD2, 0xFC, 0x41] + count)
        )
        var data = AdvertisementData()
        data.serviceData[BTHomeFrame.service] = [0x41] + sealed.ciphertext + count + sealed.tag
        return data
    }

    @Test(
        "the vectors of RFC 3610 come out",
        arguments: [
            (3, 0x1F, 8, 8, "588C979A61C663D2F066D0C2C0F989806D5F6B61DAC384 17E8D12CFDF926E0"),
            (4, 0x20, 8, 8, "72C91A36E135F8CF291CA894085C87E3CC15C439C9E43A3B A091D56E10400916"),
            (5, 0x21, 8, 8, "51B1E5F44A197D1DA46B0F8E2D282AE871E838BB64DA859657 4ADAA76FBD9FB0C5"),
            (6, 0x1F, 12, 8, "A28C6865939A9A79FAAA5C4C2A9D4A91CDAC8C 96C861B9C9E61EF1"),
            (7, 0x20, 12, 8, "DCF1FB7B5D9E23FB9D4E131253658AD86EBDCA3E 51E83F077D9C2D93"),
            (8, 0x21, 12, 8, "6FC1B011F006568B5171A42D953D469B2570A4BD87 405A0443AC91CB94"),
            (9, 0x1F, 8, 10, "0135D1B2C95F41D5D1D4FEC185D166B8094E999DFED96C 048C56602C97ACBB7490"),
            (10, 0x20, 8, 10, "7B75399AC0831DD2F0BBD75879A2FD8F6CAE6B6CD9B7DB24 C17B4433F434963F34B4"),
            (11, 0x21, 8, 10, "82531A60CC24945A4B8279181AB5C84DF21CE7F9B73F42E197 EA9C07E56B5EB17E5F4E"),
        ]
    )
    func rfc3610(number: UInt8, length: Int, dataLength: Int, tagLength: Int, expected: String) throws {
        let cipher = AESCCM(key: try #require(BindKey((0xC0...0xCF).map { UInt8($0) })))
        let packet = (0..<length).map { UInt8($0) }
        let nonce = [0, 0, 0, number, number - 1, number - 2, number - 3] + beaconBytes("A0A1A2A3A4A5")
        let (data, message) = (Array(packet.prefix(dataLength)), Array(packet.dropFirst(dataLength)))
        let sealed = try #require(
            cipher.seal(message, tagLength: tagLength, nonce: nonce, associatedData: data)
        )
        #expect(sealed.ciphertext + sealed.tag == beaconBytes(expected))
        #expect(cipher.open(sealed.ciphertext, tag: sealed.tag, nonce: nonce, associatedData: data) == message)
        #expect(cipher.open(sealed.ciphertext, tag: sealed.tag, nonce: nonce, associatedData: []) == nil)
    }

    @Test("whoever shows up in between under another address does not make recordings new")
    func recordingAfterStranger() throws {
        let decoders = BeaconDecoders()
        let key = try #require(BindKey(Self.key))
        let address = try #require(BluetoothAddress(Self.address))
        func hear(_ data: AdvertisementData, from sender: BluetoothAddress) -> Result<BeaconReading, BeaconError>? {
            let advertisement = Advertisement(
                address: sender,
                kind: .random,
                rssi: -60,
                isConnectable: false,
                isScanResponse: false,
                isTruncated: false,
                data: data,
                uptime: .zero
            )
            return decoders.decode(advertisement, of: DeviceID("tag"), key: key).first
        }
        func isRead(_ outcome: Result<BeaconReading, BeaconError>?) -> Bool {
            if case .success? = outcome { true } else { false }
        }
        #expect(isRead(hear(try Self.frame(counter: 1000), from: address)))
        #expect(isRead(hear(try Self.frame(counter: 1001), from: address)))
        // More than are kept, and none of them can prove anything.
        for last in 0...UInt8(BeaconDecoders.addressesKept) {
            let stranger = try #require(BluetoothAddress(littleEndian: [last, 1, 2, 3, 4, 0xC5]))
            #expect(!isRead(hear(try Self.frame(counter: 1002), from: stranger)))
        }
        let recording = hear(try Self.frame(counter: 1000), from: address)
        #expect(recording == .failure(.replayed(.bthome, counter: 1000, last: 1001)))
        #expect(isRead(hear(try Self.frame(counter: 1002), from: address)))
    }

    @Test("lengths that the mode does not have are refused")
    func lengths() throws {
        let cipher = AESCCM(key: try #require(BindKey([UInt8](repeating: 1, count: 16))))
        let nonce = [UInt8](repeating: 0, count: 13)
        #expect(cipher.seal([1], tagLength: 3, nonce: nonce) == nil)
        #expect(cipher.seal([1], tagLength: 18, nonce: nonce) == nil)
        #expect(cipher.seal([1], tagLength: 4, nonce: nonce + [0]) == nil)
        #expect(cipher.open([1], tag: [1, 2, 3, 4], nonce: []) == nil)
        #expect(cipher.seal([], tagLength: 4, nonce: nonce)?.ciphertext == [])
        #expect(cipher.seal([UInt8](repeating: 0, count: 65536), tagLength: 4, nonce: nonce) == nil)
    }

    @Test("the published frame of BTHome is opened")
    func bthome() throws {
        let data = AdvertisementData(service: 0xFCD2, "41 A47266C95F73 00112233 78237214")
        var decoder = try BeaconDecoder(Self.address, key: Self.key)
        let reading = try #require(try decoder.only(data)?.get())
        #expect(reading.counter == 0x3322_1100 && reading.format == .bthome)
        #expect(reading["temperature"] == .double(25.06) && reading["humidity"] == .double(50.55))
        // With the address in the frame, the sender's own does not matter.
        let sealed = try BTHomeFrame(beaconBytes("43 A5808FE64854 01 00112233 78237214"))
        let other = try #require(BluetoothAddress("00:00:00:00:00:00"))
        #expect(try sealed.sealed(from: other).nonce.prefix(6) == beaconBytes("5448E68F80A5")[...])
    }

    @Test("no key, a wrong key, another device, a cut and a frame in the clear are told apart")
    func errors() throws {
        let data = AdvertisementData(service: 0xFCD2, "41 A47266C95F73 00112233 78237214")
        var keyless = try BeaconDecoder(Self.address)
        #expect(keyless.only(data) == .failure(.keyNeeded(.bthome)))
        var wrong = try BeaconDecoder(Self.address, key: "814aac74c4f17b6c1581e1ab87816b99")
        #expect(wrong.only(data) == .failure(.wrongKey(.bthome)))
        var other = try BeaconDecoder("54:48:E6:8F:80:A6", key: Self.key)
        #expect(other.only(data) == .failure(.wrongKey(.bthome)))
        var decoder = try BeaconDecoder(Self.address, key: Self.key)
        #expect(decoder.only(AdvertisementData(service: 0xFCD2, "41 A4 001122")) == .failure(.truncated(.bthome)))
        #expect(decoder.only(AdvertisementData(service: 0xFCD2, "40 01 61")) == .failure(.notEncrypted(.bthome)))
    }

    @Test("a recording is refused, the same frame again is a repetition")
    func replay() throws {
        var decoder = try BeaconDecoder(Self.address, key: Self.key)
        #expect(try decoder.only(Self.frame(counter: 1000))?.get().isRepeat == false)
        #expect(try decoder.only(Self.frame(counter: 1000))?.get().isRepeat == true)
        #expect(try decoder.only(Self.frame(counter: 1001))?.get().counter == 1001)
        #expect(
            try decoder.only(Self.frame(counter: 1000))
                == .failure(.replayed(.bthome, counter: 1000, last: 1001))
        )
        // The same counter with other data is a forgery of somebody who has the key, or a fault.
        #expect(
            try decoder.only(Self.frame(counter: 1001, payload: [0x01, 0x62]))
                == .failure(.replayed(.bthome, counter: 1001, last: 1001))
        )
        #expect(try decoder.only(Self.frame(counter: 1002))?.get().counter == 1002)
    }

    @Test("what was not opened does not move the counter")
    func unverified() throws {
        var decoder = try BeaconDecoder(Self.address, key: Self.key)
        #expect(try decoder.only(Self.frame(counter: 1000))?.get().counter == 1000)
        var forged = try Self.frame(counter: 0x7000_0000)
        forged.serviceData[BTHomeFrame.service]?[1] ^= 1
        #expect(decoder.only(forged) == .failure(.wrongKey(.bthome)))
        #expect(try decoder.only(Self.frame(counter: 1001))?.get().counter == 1001)
    }

    @Test("counters go round, and begin again after a loss of power")
    func counters() {
        func accepted(_ counters: [UInt32]) -> [Bool] {
            var counter = BeaconCounter()
            return counters.map { counter.accept($0) }
        }
        #expect(accepted([5, 6, 6, 7, 1000, 999]) == [true, true, false, true, true, false])
        #expect(accepted([.max - 1, .max, 0, 1, .max]) == [true, true, true, true, false])
        #expect(accepted([1_000_000, 0, 1, 0]) == [true, true, true, true])
        #expect(accepted([1_000_000, 255, 1_000_001, 256]) == [true, true, true, false])
        #expect(accepted([10, 0x8000_0009, 0x8000_000A]) == [true, true, true])
        #expect(accepted([300, 0x8000_012C]) == [true, false])
    }

    @Test("a key is read from its text and never written")
    func bindKey() throws {
        let key = try #require(BindKey("231D39C1-D7CC1AB1-AEE224CD-096DB932"))
        #expect(key == BindKey(Self.key) && key.bytes.count == 16 && key.bytes[0] == 0x23)
        #expect("\(key)" == "a bind key" && String(reflecting: key).contains("231") == false)
        var dumped = ""
        dump(key, to: &dumped)
        #expect(dumped.contains("a bind key") && !dumped.contains { $0.isNumber })
        for text in ["", "231d", Self.key + "00", "g31d39c1d7cc1ab1aee224cd096db932"] { #expect(BindKey(text) == nil) }
        #expect(BindKey([1, 2, 3]) == nil)
    }
}
