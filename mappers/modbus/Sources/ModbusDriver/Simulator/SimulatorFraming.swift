// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Finds requests in what comes on a connection or a line.
enum SimulatorFraming: Hashable, Sendable {
    /// Modbus TCP.
    case tcp
    /// Modbus RTU, on a line or through a connection.
    case rtu

    /// Says what the bytes that came so far begin with.
    enum Beginning: Equatable {
        case frame(length: Int)
        case partOfFrame
        /// Something from which no way leads to the next frame.
        case nonsense
    }

    /// Bytes before the function's code; the last of them is the unit.
    var headerLength: Int { self == .tcp ? MBAPHeader.size : 1 }

    /// What some bytes begin with, while more may come.
    func beginning(of bytes: [UInt8]) -> Beginning {
        switch self {
        case .tcp:
            guard let header = MBAPHeader(bytes) else { return .partOfFrame }
            guard header.protocolID == 0, (2...254).contains(header.remaining) else { return .nonsense }
            let length = 6 + Int(header.remaining)
            return bytes.count >= length ? .frame(length: length) : .partOfFrame
        case .rtu:
            if let length = SerialFrame.length(of: bytes) { return .frame(length: length) }
            return bytes.count > SerialFrame.longest ? .nonsense : .partOfFrame
        }
    }

    /// How many bits of a frame a fault may damage so that a client can notice: all where a checksum follows, else
    /// those of the header and the function.
    func damageableBits(of frame: [UInt8]) -> Int {
        8 * (self == .tcp ? min(frame.count, MBAPHeader.size + 1) : frame.count)
    }
}
