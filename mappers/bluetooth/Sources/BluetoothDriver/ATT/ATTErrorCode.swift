// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says why a server refused a request (Core Specification, Vol 3 Part F 3.4.1.1 and Supplement Part B).
struct ATTErrorCode: RawRepresentable, Hashable, Sendable {
    var rawValue: UInt8

    static let invalidHandle = ATTErrorCode(rawValue: 0x01)
    static let readNotPermitted = ATTErrorCode(rawValue: 0x02)
    static let writeNotPermitted = ATTErrorCode(rawValue: 0x03)
    static let insufficientAuthentication = ATTErrorCode(rawValue: 0x05)
    static let requestNotSupported = ATTErrorCode(rawValue: 0x06)
    static let invalidOffset = ATTErrorCode(rawValue: 0x07)
    static let attributeNotFound = ATTErrorCode(rawValue: 0x0A)
    static let attributeNotLong = ATTErrorCode(rawValue: 0x0B)
    static let insufficientKeySize = ATTErrorCode(rawValue: 0x0C)
    static let insufficientEncryption = ATTErrorCode(rawValue: 0x0F)
    static let insufficientResources = ATTErrorCode(rawValue: 0x11)
    static let databaseOutOfSync = ATTErrorCode(rawValue: 0x12)
    static let procedureInProgress = ATTErrorCode(rawValue: 0xFE)

    private static let names: [UInt8: String] = [
        0x01: "invalid handle", 0x02: "reading is not permitted", 0x03: "writing is not permitted",
        0x04: "invalid PDU", 0x05: "insufficient authentication", 0x06: "request not supported",
        0x07: "invalid offset", 0x08: "insufficient authorization", 0x09: "prepare queue full",
        0x0A: "attribute not found", 0x0B: "attribute not long", 0x0C: "the encryption key is too short",
        0x0D: "invalid length of the value", 0x0E: "unlikely error", 0x0F: "insufficient encryption",
        0x10: "unsupported group type", 0x11: "insufficient resources", 0x12: "database out of sync",
        0x13: "value not allowed", 0xFC: "write request rejected",
        0xFD: "client characteristic configuration descriptor improperly configured",
        0xFE: "procedure already in progress", 0xFF: "out of range",
    ]

    /// Whether an encrypted, or better encrypted, link may be what the server wants.
    var wantsSecurity: Bool {
        [.insufficientAuthentication, .insufficientEncryption, .insufficientKeySize].contains(self)
    }

    /// Whether the same request may succeed in a moment.
    var isTransient: Bool { [.insufficientResources, .procedureInProgress, .databaseOutOfSync].contains(self) }
}

extension ATTErrorCode: CustomStringConvertible {
    /// As people look it up: `reading is not permitted (ATT error 0x02)`.
    var description: String {
        let number = String(rawValue, radix: 16)
        let padded = rawValue < 16 ? "0\(number)" : number
        let name = Self.names[rawValue] ?? (0x80...0x9F ~= rawValue ? "an error of the device's own" : "unknown error")
        return "\(name) (ATT error 0x\(padded))"
    }
}
