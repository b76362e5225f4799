// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Chooses values to write to a property.
struct ValueCandidates {
    /// What the model allows; a device may still be unable to represent it.
    let allowed: [PropertyValue]
    /// What it does not.
    let forbidden: [PropertyValue]

    init(for model: DeviceModel.Property) {
        let values = Self.values(for: model)
        allowed = values.filter { (try? model.range.check($0)) != nil }
        forbidden = values.filter { (try? model.range.check($0)) == nil }
    }

    private static func values(for model: DeviceModel.Property) -> [PropertyValue] {
        switch model.dataType {
        case .boolean: [.boolean(true), .boolean(false)]
        case .string: [.string("a"), .string(String(repeating: "long ", count: 100))]
        case .bytes: [.bytes([1, 2, 3, 0]), .bytes([UInt8](repeating: 0xA5, count: 600))]
        case .int: whole(model.range)
        case .float, .double: numbers(model.range, model.dataType)
        }
    }

    private static func whole(_ range: ValueRange) -> [PropertyValue] {
        let least = (try? range.minimum?.converted(to: .int)).flatMap { $0 }
        let most = (try? range.maximum?.converted(to: .int)).flatMap { $0 }
        guard case .int(let low) = least ?? .int(.min), case .int(let high) = most ?? .int(.max) else { return [] }
        let middle = low / 2 + high / 2
        let beyond = [low > .min ? low - 1 : nil, high < .max ? high + 1 : nil].compactMap { $0 }
        // Where registers of 8, 16 and 32 bits end.
        let edges: [Int64] = [-1, 0, 1, 300, 70_000, 5_000_000_000]
        return distinct([middle, low, high] + edges + beyond).map(PropertyValue.int)
    }

    private static func numbers(_ range: ValueRange, _ type: DataType) -> [PropertyValue] {
        let widest = type == .float ? 3e38 : 1e300
        let low = range.minimum?.number ?? -widest
        let high = range.maximum?.number ?? widest
        // Texts as somebody would write them, so that they are the numbers they look like.
        let middle = (low / 2 + high / 2).rounded()
        let fine = Double("\(Int64(clamping: middle)).0123") ?? middle
        return distinct([middle, low, high, 0, 0.5, -1.25, fine, 70_000, high + 1, low - 1]).map(PropertyValue.double)
    }

    private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }
}

extension Int64 {
    /// The nearest whole number that there is.
    fileprivate init(clamping value: Double) {
        self = Int64(exactly: value) ?? (value < 0 ? .min : .max)
    }
}
