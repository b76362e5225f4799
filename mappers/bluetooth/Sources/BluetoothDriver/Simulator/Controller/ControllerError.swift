// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names what a controller answers when it does not do what it is told (Core Specification, Vol 1 Part F 1.3).
enum ControllerError {
    static let unknownCommand: UInt8 = 0x01
    static let unknownConnection: UInt8 = 0x02
    static let keyMissing: UInt8 = 0x06
    static let disallowed: UInt8 = 0x0C
    static let invalidParameters: UInt8 = 0x12
}
