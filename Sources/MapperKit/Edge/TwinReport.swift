// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Values read from one device, on their way to its twin.
///
/// They travel in one message.
public struct TwinReport: Hashable, Sendable {
    /// One property's value.
    public struct Value: Hashable, Sendable {
        /// The value as the twin carries it.
        public var text: String
        /// The property's type.
        public var dataType: DataType
        /// When the device was asked.
        public var acquiredAt: Timestamp
        /// The desired value that was last applied to the device; `nil` when none was.
        public var observedDesired: String?
        /// The same value in MapperKit's own words, for edges that refuse `text`; `nil` when `text` is in those words already.
        public var fallbackText: String?

        /// Creates a value.
        public init(
            _ text: String,
            dataType: DataType,
            acquiredAt: Timestamp,
            observedDesired: String? = nil,
            fallbackText: String? = nil
        ) {
            self.text = text
            self.dataType = dataType
            self.acquiredAt = acquiredAt
            self.observedDesired = observedDesired
            self.fallbackText = fallbackText
        }
    }

    /// The device.
    public var device: DeviceID
    /// The values by property name.
    public var values: [String: Value]

    /// Creates a report.
    public init(_ device: DeviceID, _ values: [String: Value]) {
        self.device = device
        self.values = values
    }
}
