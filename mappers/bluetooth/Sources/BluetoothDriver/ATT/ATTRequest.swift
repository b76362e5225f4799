// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a client asks a server; each is answered once (Core Specification, Vol 3 Part F 3.4).
enum ATTRequest: Hashable, Sendable {
    case exchangeMTU(UInt16)
    case findInformation(HandleRange)
    case findByTypeValue(HandleRange, type: UInt16, value: [UInt8])
    case readByType(HandleRange, BluetoothUUID)
    case read(UInt16)
    case readBlob(UInt16, offset: Int)
    case readByGroupType(HandleRange, BluetoothUUID)
    case write(UInt16, [UInt8])
    case prepareWrite(UInt16, offset: Int, [UInt8])
    case executeWrite(isCommitted: Bool)

    var opcode: UInt8 {
        switch self {
        case .exchangeMTU: 0x02
        case .findInformation: 0x04
        case .findByTypeValue: 0x06
        case .readByType: 0x08
        case .read: 0x0A
        case .readBlob: 0x0C
        case .readByGroupType: 0x10
        case .write: 0x12
        case .prepareWrite: 0x16
        case .executeWrite: 0x18
        }
    }

    /// The PDU.
    var bytes: [UInt8] {
        [opcode]
            + {
                switch self {
                case .exchangeMTU(let size): size.littleEndianBytes
                case .findInformation(let range): range.bytes
                case .findByTypeValue(let range, let type, let value): range.bytes + type.littleEndianBytes + value
                case .readByType(let range, let type), .readByGroupType(let range, let type):
                    range.bytes + type.littleEndianBytes
                case .read(let handle): handle.littleEndianBytes
                case .readBlob(let handle, let offset):
                    handle.littleEndianBytes + UInt16(truncatingIfNeeded: offset).littleEndianBytes
                case .write(let handle, let value): handle.littleEndianBytes + value
                case .prepareWrite(let handle, let offset, let value):
                    handle.littleEndianBytes + UInt16(truncatingIfNeeded: offset).littleEndianBytes + value
                case .executeWrite(let isCommitted): [isCommitted ? 1 : 0]
                }
            }()
    }

    /// Whether the server may have changed something, even if its answer got lost.
    var changesSomething: Bool {
        switch self {
        case .write, .executeWrite(isCommitted: true): true
        default: false
        }
    }
}

extension HandleRange {
    fileprivate var bytes: [UInt8] { first.littleEndianBytes + last.littleEndianBytes }
}

extension UInt16 {
    /// The two bytes, the low one first, as everything in this protocol.
    var littleEndianBytes: [UInt8] { [UInt8(self & 0xFF), UInt8(self >> 8)] }

    /// Reads two bytes of a collection, the low one first; `nil` past its end.
    init?(littleEndian bytes: some RandomAccessCollection<UInt8>, at offset: Int = 0) {
        guard bytes.count >= offset + 2 else { return nil }
        let index = bytes.index(bytes.startIndex, offsetBy: offset)
        self = UInt16(bytes[index]) | UInt16(bytes[bytes.index(after: index)]) << 8
    }
}
