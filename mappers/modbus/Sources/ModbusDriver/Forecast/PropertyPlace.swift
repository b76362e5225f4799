// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit

/// Says where a property's value lies.
package struct PropertyPlace: Hashable, Sendable {
    /// The property.
    package var property: String
    /// The table.
    package var table: RegisterTable
    /// The first address.
    package var first: Int
    /// How many registers or bits.
    package var count: Int
}

extension ModbusDriver {
    /// The places of a device's properties; those that cannot be served have none.
    package func places(of device: Device<ModbusConnection, ModbusVisitor>) -> [PropertyPlace] {
        let layouts = SessionLayouts(device)
        return device.visitors.compactMap { visitor in
            guard let item = layouts.number(of: visitor).flatMap(layouts.item) else { return nil }
            let name = visitor.property.name
            return PropertyPlace(property: name, table: item.table, first: item.span.first, count: item.span.count)
        }
    }
}
