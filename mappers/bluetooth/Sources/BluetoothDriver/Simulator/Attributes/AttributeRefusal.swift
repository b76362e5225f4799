// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why a request is refused: the content of an Error Response (Core Specification, Vol 3 Part F 3.4.1.1).
struct AttributeRefusal: Error, Hashable {
    var handle: UInt16
    var code: UInt8

    static func invalidHandle(_ handle: UInt16) -> Self { Self(handle: handle, code: 0x01) }
    static func readNotPermitted(_ handle: UInt16) -> Self { Self(handle: handle, code: 0x02) }
    static func writeNotPermitted(_ handle: UInt16) -> Self { Self(handle: handle, code: 0x03) }
    static let invalidPDU = Self(handle: 0, code: 0x04)
    static let requestNotSupported = Self(handle: 0, code: 0x06)
    static func invalidOffset(_ handle: UInt16) -> Self { Self(handle: handle, code: 0x07) }
    static func queueFull(_ handle: UInt16) -> Self { Self(handle: handle, code: 0x09) }
    static func notFound(from handle: UInt16) -> Self { Self(handle: handle, code: 0x0A) }
    static func invalidLength(_ handle: UInt16) -> Self { Self(handle: handle, code: 0x0D) }
    static func unsupportedGroup(_ handle: UInt16) -> Self { Self(handle: handle, code: 0x10) }
    static func improperConfiguration(_ handle: UInt16) -> Self { Self(handle: handle, code: 0xFD) }
}
