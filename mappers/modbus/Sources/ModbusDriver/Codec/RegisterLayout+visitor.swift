// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension RegisterLayout {
    /// Works out what a visitor means for a property.
    ///
    /// What KubeEdge's keys leave open is decided so:
    /// - `int`: a number of `limit` = 1, 2 or 4 registers, signed if the model's minimum is negative, else unsigned;
    /// - `float`, `double`: such a number in one register, IEEE 754 in two or four;
    /// - `boolean`: a coil, or a register that is not zero;
    /// - `string`, `bytes`: `limit` registers; a string with an `enumeration` is a number as for `int`;
    /// - numbers and text from tables of bits: 1 and 0, or `limit` bits, the first the least significant.
    /// - Parameter defaults: What the device says for all its properties.
    init(
        of visitor: ModbusVisitor,
        for property: DeviceModel.Property,
        defaults: DeviceDefaults = DeviceDefaults()
    ) throws(LayoutProblem) {
        let reading = VisitorReading(visitor, property, defaults)
        let (form, count) = try reading.form()
        table = visitor.register
        self.form = form
        span = try reading.span(count)
        order = reading.order(of: form)
        largeNumbers = reading.largeNumbers
        writesList = try reading.writesList(count, form)
        allowsMaskWrite = visitor.writeFunction == nil
    }
}
