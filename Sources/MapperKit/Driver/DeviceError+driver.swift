// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceError {
    /// Comes of reading with a driver that has no way to.
    static let readingNotImplemented = DeviceError(.unsupported, "reading is not implemented by this driver yet")
    /// Comes of writing with a driver that has no way to.
    static let writingNotImplemented = DeviceError(.unsupported, "writing is not implemented by this driver yet")

    /// Comes of a driver that does not give one result for each property: which is whose cannot be known.
    package static func wrongCount(_ results: Int, for properties: Int) -> DeviceError {
        let (these, those) = (results == 1 ? "result" : "results", properties == 1 ? "property" : "properties")
        let message = "the driver is at fault: it gave \(results) \(these) for \(properties) \(those), so none is used"
        return DeviceError(.driverFailure, message)
    }
}
