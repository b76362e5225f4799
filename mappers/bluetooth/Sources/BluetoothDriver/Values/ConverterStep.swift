// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one operation of a converter, ready to be done and undone in decimal steps.
struct ConverterStep: Hashable, Sendable {
    private let transform: ValueTransform
    /// Whether doing it is what the transform calls undoing.
    private let isInverse: Bool

    /// `nil` for an operation that cannot be undone, or not even be done: by 0.
    init?(_ operation: ConverterOperation) {
        let value = operation.value
        guard value.isFinite else { return nil }
        switch operation.kind {
        case .add: transform = ValueTransform(offset: value)
        case .subtract: transform = ValueTransform(offset: -value)
        case .multiply, .divide:
            guard value != 0 else { return nil }
            transform = ValueTransform(scale: value)
        }
        isInverse = operation.kind == .divide
    }

    func forth(_ value: PropertyValue) throws(ValueError) -> PropertyValue {
        isInverse ? try transform.raw(of: value) : try transform.value(ofRaw: value)
    }

    func back(_ value: PropertyValue) throws(ValueError) -> PropertyValue {
        isInverse ? try transform.value(ofRaw: value) : try transform.raw(of: value)
    }
}
