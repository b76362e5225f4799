// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension Device {
    /// The device as the first of two drivers knows it; `nil` when it is not that driver's.
    func first<Connection, OtherConnection, Visitor, OtherVisitor>() -> Device<Connection, Visitor>?
    where
        ProtocolConfig == CombinedConfig<Connection, OtherConnection>,
        VisitorConfig == CombinedConfig<Visitor, OtherVisitor>
    {
        guard case .first(let config) = config else { return nil }
        return Device<Connection, Visitor>(
            instance: instance,
            config: config,
            visitors: visitors.compactMap { $0.first() }
        )
    }

    /// The device as the second of two drivers knows it; `nil` when it is not that driver's.
    func second<OtherConnection, Connection, OtherVisitor, Visitor>() -> Device<Connection, Visitor>?
    where
        ProtocolConfig == CombinedConfig<OtherConnection, Connection>,
        VisitorConfig == CombinedConfig<OtherVisitor, Visitor>
    {
        guard case .second(let config) = config else { return nil }
        return Device<Connection, Visitor>(
            instance: instance,
            config: config,
            visitors: visitors.compactMap { $0.second() }
        )
    }
}

extension PropertyVisitor {
    /// The visitor as the first of two drivers knows it; `nil` when it is not that driver's.
    func first<Visitor, Other>() -> PropertyVisitor<Visitor>? where Config == CombinedConfig<Visitor, Other> {
        guard case .first(let config) = config else { return nil }
        return PropertyVisitor<Visitor>(property: property, config: config)
    }

    /// The visitor as the second of two drivers knows it; `nil` when it is not that driver's.
    func second<Other, Visitor>() -> PropertyVisitor<Visitor>? where Config == CombinedConfig<Other, Visitor> {
        guard case .second(let config) = config else { return nil }
        return PropertyVisitor<Visitor>(property: property, config: config)
    }
}
