// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what came of one read of a scan.
enum ScanFinding: Equatable {
    /// The values, 0 and 1 for bits.
    case values([UInt16])
    /// The unit is there and refuses.
    case refused(ModbusException)
    /// Nothing, or nothing that can be believed.
    case silence

    /// Whether a unit is there.
    var isSignOfLife: Bool {
        switch self {
        case .values: true
        case .refused(let exception): !exception.meansAbsent
        case .silence: false
        }
    }

    init(_ answer: ModbusAnswer) {
        switch answer {
        case .bits(let bits): self = .values(bits.map { $0 ? 1 : 0 })
        case .registers(let registers): self = .values(registers)
        case .exception(let exception): self = .refused(exception)
        case .done: self = .silence
        }
    }
}

/// Tells that a scan cannot go on.
enum ScanEnd: Error, Equatable {
    case cancelled
    case unreachable(String)
    /// The unit answered before, and does no more.
    case lostUnit
}
