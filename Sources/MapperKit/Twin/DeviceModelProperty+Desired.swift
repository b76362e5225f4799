// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceModel.Property {
    /// Takes a desired value's text, if the model allows it.
    ///
    /// - Throws: ``ValueError``: the property is read-only, the text is of another type or outside the limits.
    public func desiredValue(parsing text: String) throws(ValueError) -> PropertyValue {
        guard accessMode == .readWrite else {
            throw ValueError(.readOnly, "'\(name)' is ReadOnly in the device model")
        }
        let value = try PropertyValue(parsing: text, as: dataType)
        try range.check(value)
        return value
    }
}
