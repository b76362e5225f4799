// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is one way on which requests come and answers leave: a client's connection, or a serial line.
struct SimulatorChannel {
    /// Silence after which bytes belong to another frame; terminals without a speed have no better measure.
    private static let frameGap = Duration.milliseconds(50)

    /// Tells it from another one that got the same descriptor later.
    let id: UInt64
    let descriptor: CInt
    /// Where among the server's places it belongs.
    let place: Int
    let framing: SimulatorFraming
    let isLine: Bool
    /// What has come and is no request yet.
    private var pending: [UInt8] = []
    private var lastByte = ContinuousClock.now
    /// From when on an answer can be under way: one request is answered after the other.
    var freeAt = ContinuousClock.now

    init(id: UInt64, descriptor: CInt, index: Int, of place: SimulatorPlace) {
        self.id = id
        self.descriptor = descriptor
        self.place = index
        framing = place.framing
        isLine = place.endpoint.isLine
    }

    /// When what has come ends by silence; `nil` while nothing waits for that.
    var silenceEnd: ContinuousClock.Instant? {
        framing == .rtu && !pending.isEmpty ? lastByte + Self.frameGap : nil
    }

    /// Takes in what has arrived; false when nothing can come any more.
    mutating func receive() -> Bool {
        guard let bytes = Descriptor(number: descriptor).readSome() else { return false }
        if !bytes.isEmpty { lastByte = .now }
        pending += bytes
        return true
    }

    /// Takes the next whole request out of what has come.
    /// - Throws: ``Nonsense`` when there can be none any more.
    mutating func nextRequest() throws(Nonsense) -> SimulatorRequest? {
        switch framing.beginning(of: pending) {
        case .partOfFrame: return nil
        case .frame(let length): return take(length)
        case .nonsense:
            pending = []
            // On a line the next frame follows a silence; on a connection nothing says where it is.
            if framing == .rtu { return nil }
            throw Nonsense()
        }
    }

    /// Takes what silence has ended, a request of a function whose length is not known; throws away what is none.
    mutating func endBySilence() -> SimulatorRequest? {
        defer { pending = [] }
        return SerialFrame.isWhole(pending) ? take(pending.count) : nil
    }

    /// Sends an answer; false when the client does not take it.
    func send(_ bytes: [UInt8]) -> Bool {
        if isLine { return unsafe write(descriptor, bytes, bytes.count) == bytes.count }
        return unsafe Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) == bytes.count
    }

    /// Tells of bytes that are not Modbus.
    struct Nonsense: Error {}

    private mutating func take(_ length: Int) -> SimulatorRequest {
        defer { pending.removeFirst(length) }
        return SimulatorRequest(Array(pending.prefix(length)), framing: framing)
    }
}
