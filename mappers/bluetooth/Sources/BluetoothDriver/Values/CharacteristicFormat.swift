// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says where in a source's bytes a value is and what its bytes mean.
struct CharacteristicFormat: Hashable, Sendable {
    /// No attribute has more bytes (Core Specification, Vol 3 Part F 3.2.9).
    static let longest = 512

    /// Says what becomes of unsigned numbers above 2^63 - 1, which `PropertyValue.int` cannot hold.
    enum LargeNumbers: Hashable, Sendable {
        /// They are an error.
        case refused
        /// They become the nearest double.
        case rounded
        /// They become text.
        case digits
    }

    var form: ValueForm
    var order = ByteOrder.little
    /// The power of ten that whole numbers are counted in.
    var exponent = 0
    /// The first byte of the value.
    var start = 0
    /// How many bytes; `nil` for as many as the form takes, or there are.
    var length: Int?
    /// Whether other values are beside this one, which a write has to leave as they are.
    var isPart = false
    var largeNumbers = LargeNumbers.refused

    /// How many bytes the value has; `nil` for as many as there are.
    var size: Int? { form.size ?? length }

    /// Whether the bytes around the value have to be known to write it, or their number.
    var needsCurrentOctets: Bool {
        if isPart || form.run != nil { return true }
        switch form {
        case .anyInteger, .anyNumber: return length == nil
        default: return false
        }
    }

    /// What reading it yields, for the checks that all drivers share.
    var rawForm: RawForm {
        var raw = form.rawForm(length: length)
        if exponent != 0 { raw = RawForm(.double, name: raw.name) }
        return raw
    }

    /// The bytes of the value among those of the source.
    func part(of octets: [UInt8]) throws(DeviceError) -> ArraySlice<UInt8> {
        let end = size.map { start + $0 } ?? octets.count
        guard start <= octets.count, end <= octets.count else { throw tooShort(octets.count, needed: end) }
        return octets[start..<max(start, end)]
    }

    /// What to say when the device gave too few bytes.
    func tooShort(_ count: Int, needed: Int) -> DeviceError {
        let place = start == 0 ? "" : " from byte \(start) on"
        let has = "the device gave \(count) byte\(count == 1 ? "" : "s")"
        return DeviceError(.malformedResponse, "\(has), \(form.withArticle)\(place) needs \(max(needed, start + 1))")
    }
}
