// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension CharacteristicFormat {
    /// Works out what a visitor without a converter means for a property.
    ///
    /// What its keys leave open is decided so, least significant byte first unless `byteOrder` says otherwise:
    /// - the characteristic's own descriptor 0x2904, when the visitor has neither `dataType`, `byteOrder`, `startByte`,
    ///   `length` nor `bit`; its power of ten counts only when the visitor says nothing about raw numbers either
    ///   (`scale`, `valueOffset`, `enumeration`, `noValue`);
    /// - `int`: a whole number of all bytes, 1…8, signed if the model's minimum is negative, else unsigned;
    /// - `float`, `double`: IEEE 754 in 4 and 8 bytes, such a whole number in any other count;
    /// - `boolean`: true when any byte is not zero;
    /// - `string`: UTF-8 up to the first NUL; with an `enumeration` a whole number as for `int`;
    /// - `bytes`: the bytes.
    /// - Parameter presentation: The descriptor, where the characteristic has one.
    init(
        of visitor: BluetoothVisitor,
        for property: DeviceModel.Property,
        presentation: PresentationFormat? = nil
    ) throws(VisitorProblem) {
        let reading = FormatReading(visitor: visitor, property: property)
        start = try reading.start()
        length = visitor.length
        isPart = visitor.startByte != nil
        order = visitor.byteOrder ?? .little
        if let presentation, reading.adoptsPresentation, let form = presentation.form {
            self.form = form
            if case .integer = form, reading.adoptsExponent { exponent = presentation.exponent }
        } else {
            form = try reading.form()
        }
        try reading.checkLength(of: form)
        largeNumbers = reading.largeNumbers
    }
}
