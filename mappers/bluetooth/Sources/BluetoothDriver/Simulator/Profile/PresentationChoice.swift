// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Chooses a descriptor 0x2904 for a characteristic whose profile does not say what its bytes mean.
enum PresentationChoice {
    /// The descriptor's seven bytes; `nil` where the profile does say it, or the bytes themselves do.
    static func octets(_ visitor: PropertyVisitor<BluetoothVisitor>) -> [UInt8]? {
        let model = visitor.property.model
        guard visitor.config.source == .characteristic, visitor.config.dataWrite == nil,
            let codec = try? ValueCodec(of: visitor.config, for: model), codec.adoptsPresentation
        else { return nil }
        // Power of ten 0, no unit (0x2700), namespace of the SIG, no description.
        return [format(visitor), 0, 0x00, 0x27, 0x01, 0x00, 0x00]
    }

    private static func format(_ visitor: PropertyVisitor<BluetoothVisitor>) -> UInt8 {
        if visitor.config.transform.enumeration != nil { return whole(visitor) }
        return switch visitor.property.model.dataType {
        case .int: whole(visitor)
        case .float: 0x14
        case .double: 0x15
        case .boolean: 0x01
        case .string, .bytes: 0x19
        }
    }

    /// The shortest whole number that holds the limits, or the names.
    private static func whole(_ visitor: PropertyVisitor<BluetoothVisitor>) -> UInt8 {
        let names = visitor.config.transform.enumeration.map { Array($0.texts.keys) } ?? []
        let course = SimulatedCourse(visitor, key: "", seed: 0)
        let low = names.min().map(Double.init) ?? course.low
        let high = names.max().map(Double.init) ?? course.high
        let sizes: [(bits: Double, unsigned: UInt8, signed: UInt8)] = [
            (8, 0x04, 0x0C), (16, 0x06, 0x0E), (32, 0x08, 0x10),
        ]
        for size in sizes {
            var power = 1.0
            for _ in 0..<Int(size.bits) { power *= 2 }
            if low >= 0, high < power { return size.unsigned }
            if low < 0, low >= -power / 2, high < power / 2 { return size.signed }
        }
        return low < 0 ? 0x12 : 0x0A
    }
}
