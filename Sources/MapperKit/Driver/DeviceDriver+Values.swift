// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceDriver {
    /// Turns a reading into the property's value: the driver's transform, then the model's type.
    /// - Throws: ``ValueError`` when the raw value has no such form.
    public func value(
        of sample: Sample,
        for visitor: PropertyVisitor<VisitorConfig>
    ) throws(ValueError) -> PropertyValue {
        try transform(for: visitor.config).value(ofRaw: sample.value).converted(to: visitor.property.model.dataType)
    }

    /// Turns a property's value into what the session writes.
    public func rawValue(of value: PropertyValue, for visitor: PropertyVisitor<VisitorConfig>) -> PropertyValue {
        transform(for: visitor.config).raw(of: value)
    }
}
