// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Numbers the properties of a device and says where each of them is.
struct SessionLayouts: Sendable {
    /// By the property's number; a problem where the visitor cannot be served.
    let layouts: [Result<RegisterLayout, DeviceError>]
    let visitors: [PropertyVisitor<ModbusVisitor>]
    private let numbers: [String: Int]

    init(_ device: Device<ModbusConnection, ModbusVisitor>) {
        visitors = device.visitors
        layouts = device.visitors.map { visitor in
            Result { () throws(LayoutProblem) in
                try RegisterLayout(of: visitor.config, for: visitor.property.model, defaults: device.config.defaults)
            }.mapError { DeviceError(.unsupported, $0.message) }
        }
        numbers = Dictionary(
            device.visitors.enumerated().map { ($0.element.property.name, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The number of a property; `nil` for one that the device does not have.
    func number(of visitor: PropertyVisitor<ModbusVisitor>) -> Int? { numbers[visitor.property.name] }

    /// The layout of a property.
    func layout(of visitor: PropertyVisitor<ModbusVisitor>) throws(DeviceError) -> RegisterLayout {
        guard let number = number(of: visitor) else {
            throw DeviceError(.unsupported, "the device has no property '\(visitor.property.name)'")
        }
        return try layouts[number].get()
    }

    /// Where a property is, for a plan; `nil` when it is nowhere.
    func item(_ number: Int) -> PlanItem? {
        guard case .success(let layout) = layouts[number] else { return nil }
        return PlanItem(index: number, table: layout.table, span: layout.span)
    }

    /// The first property that is somewhere.
    var first: RegisterLayout? { layouts.lazy.compactMap { try? $0.get() }.first }
}
