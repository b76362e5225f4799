// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperDMI
import MapperKit
import SwiftProtobuf

extension DMICustomizedValue {
    /// Makes the entries that EdgeCore makes of a free-form object.
    /// - Returns: `nil` for an empty one, which does not appear in the message.
    init?(_ config: ConfigNode, of owner: String) throws(DMIConversionError) {
        guard let entries = config.entries, !entries.isEmpty else { return nil }
        self.init()
        for entry in entries {
            // EdgeCore takes it for the field of this message that has the same name.
            guard entry.key.lowercased() != "data" else {
                throw DMIConversionError(
                    reason: "\(owner) has a key '\(entry.key)', with which EdgeCore drops the device"
                )
            }
            data[entry.key] = try Google_Protobuf_Any(entry.value, of: "'\(entry.key)' in \(owner)")
        }
    }
}

extension Google_Protobuf_Any {
    /// Makes the message of a single value; numbers lose what single precision cannot hold, as they do in EdgeCore.
    fileprivate init(_ value: ConfigNode, of owner: String) throws(DMIConversionError) {
        let message: any Message =
            switch value.content {
            case .string(let text): Google_Protobuf_StringValue(text)
            case .boolean(let flag): Google_Protobuf_BoolValue(flag)
            case .int(let number): Google_Protobuf_FloatValue(Float(Double(number)))
            case .double(let number): Google_Protobuf_FloatValue(Float(number))
            case .null, .sequence, .mapping:
                throw DMIConversionError(
                    reason: "\(owner) is \(value.kind); EdgeCore hands over text, numbers, true and false only, and "
                        + "drops a device with anything else"
                )
            }
        guard let bytes: Data = try? message.serializedBytes() else {
            throw DMIConversionError(reason: "\(owner) cannot be put in a message")
        }
        self.init()
        // As bytes, like what comes from a connection: then equal values are equal however they were made.
        typeURL = "type.googleapis.com/" + type(of: message).protoMessageName
        self.value = bytes
    }
}
