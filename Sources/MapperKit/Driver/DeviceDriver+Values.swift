// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceDriver {
    /// Turns a reading into the property's value: the driver's transform, then the model's type.
    /// - Throws: ``ValueError`` when the raw value has no such form, or stands for "no value".
    public func value(
        of sample: Sample,
        for visitor: PropertyVisitor<VisitorConfig>
    ) throws(ValueError) -> PropertyValue {
        try transform(for: visitor.config).value(ofRaw: sample.value, as: visitor.property.model.dataType)
    }

    /// Turns a property's value into what the session writes.
    /// - Throws: ``ValueError`` when the value would not come back as it is.
    public func rawValue(
        of value: PropertyValue,
        for visitor: PropertyVisitor<VisitorConfig>
    ) throws(ValueError) -> PropertyValue {
        try transform(for: visitor.config).raw(of: value)
    }

    /// The deadbands of a device's properties, by name.
    func deadbands(of device: Device<ProtocolConfig, VisitorConfig>) -> [String: Double] {
        Dictionary(device.visitors.map { ($0.property.name, deadband(for: $0.config)) }) { first, _ in first }
    }
}
