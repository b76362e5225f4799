// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Makes one frame of a BTHome beacon, encrypted where there is a key.
struct BTHomePlan: Sendable {
    /// How many bytes of objects a frame has room for.
    static func capacity(isEncrypted: Bool) -> Int { BeaconFramePlan.capacity - 5 - (isEncrypted ? 8 : 0) }

    var objects: [(object: BTHomeObject, value: PlannedField)]
    let address: BluetoothAddress
    let key: BindKey?
    /// Which of the beacon's frames it is, of how many: all take their counters from one.
    var position = (index: 0, count: 1)

    /// The service's data.
    func data(at step: Int) -> [UInt8] {
        let payload = objects.flatMap { BTHomeEncoding.octets($0.object, $0.value.course, at: step) }
        guard let key else { return [0x40] + payload }
        let counter = UInt32(truncatingIfNeeded: step * position.count + position.index + 1)
        let count = (0..<4).map { UInt8(truncatingIfNeeded: counter >> UInt32($0 * 8)) }
        let information: UInt8 = 0x41
        let nonce = address.bytes + BTHomeFrame.service.littleEndianBytes + [information] + count
        guard let sealed = AESCCM(key: key).seal(payload, tagLength: 4, nonce: nonce) else { return [information] }
        return [information] + sealed.ciphertext + count + sealed.tag
    }
}
