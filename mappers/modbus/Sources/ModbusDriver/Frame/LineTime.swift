// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how long requests and answers take on a line, whatever the device needs on top.
///
/// The formulas of Modbus over serial line V1.02: a request for n registers takes 8 characters, its answer 5 + 2 n, and
/// a silence of 3.5 characters follows each. On Modbus TCP all of it is zero.
struct LineTime: Hashable, Sendable {
    /// What one character takes; zero on Modbus TCP.
    let character: Duration
    /// The silence that separates frames, t3.5.
    let frameGap: Duration

    /// A connection on which frames take no time worth counting.
    static let none = LineTime(character: .zero, frameGap: .zero)

    init(_ settings: SerialSettings) {
        self.init(character: settings.characterTime, frameGap: settings.frameGap)
    }

    private init(character: Duration, frameGap: Duration) {
        self.character = character
        self.frameGap = frameGap
    }

    /// What request and answer take on the line, their silences not counted.
    func frames(of request: ModbusRequest) -> Duration {
        character * (request.serialLength + request.serialAnswerLength)
    }

    /// What a request costs the line: both frames and the silence after each.
    func total(of request: ModbusRequest) -> Duration {
        frames(of: request) + frameGap * 2
    }

    /// What each read costs however little it reads: 13 characters and two silences.
    var perRead: Duration { character * 13 + frameGap * 2 }

    /// What one more register in a read costs.
    var perRegister: Duration { character * 2 }

    /// What eight more bits in a read cost.
    var perEightBits: Duration { character }
}

extension ModbusRequest {
    /// Characters of the request on a serial line, address and checksum included.
    var serialLength: Int {
        let (table, span) = target
        return switch functionCode {
        case 15, 16: 9 + Self.dataLength(table, span.count)
        case 22: 10
        default: 8
        }
    }

    /// Characters of the proper answer on a serial line, address and checksum included.
    var serialAnswerLength: Int {
        let (table, span) = target
        return switch functionCode {
        case 1...4: 5 + Self.dataLength(table, span.count)
        case 22: 10
        default: 8
        }
    }

    private static func dataLength(_ table: RegisterTable, _ count: Int) -> Int {
        table.holdsBits ? (count + 7) / 8 : count * 2
    }
}
