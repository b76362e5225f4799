// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import BluetoothDriver

/// Plays a kernel with adapters that do what they are told.
final class AdapterKernel: Sendable {
    struct State: Sendable {
        var settings: [UInt16: MGMTSettings] = [0: []]
        var supported: MGMTSettings = [.powered, .bondable, .lowEnergy, .classic]
        /// Commands that are refused, with the status, as often as it stands here.
        var refusals: [UInt16: [UInt8]] = [:]
        /// Answered with success, and nothing is done.
        var ignored: Set<UInt16> = []
        /// Commands as they came, without those that only read.
        var log: [String] = []
        /// What is sent after an answer.
        var events: [UInt16: [[UInt8]]] = [:]
    }

    let state: Mutex<State>

    init(_ change: (inout State) -> Void = { _ in }) {
        var state = State()
        change(&state)
        self.state = Mutex(state)
    }

    var log: [String] { state.withLock { $0.log } }

    /// Answers a packet.
    func answer(_ bytes: [UInt8]) -> [[UInt8]] {
        guard let packet = MGMTPacket(bytes) else { return [] }
        return state.withLock { state in
            Self.note(packet, &state)
            if let status = state.refusals[packet.code]?.first {
                state.refusals[packet.code]?.removeFirst()
                return [MGMTBytes.answer(to: packet.code, index: packet.index, status: status)]
            }
            let events = state.events.removeValue(forKey: packet.code) ?? []
            return [MGMTBytes.answer(to: packet.code, index: packet.index, Self.perform(packet, &state))] + events
        }
    }

    private static func note(_ packet: MGMTPacket, _ state: inout State) {
        guard ![0x0003, 0x0004].contains(packet.code) else { return }
        let parameters = packet.parameters.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        state.log.append("\(packet.index):" + String(packet.code, radix: 16) + " " + parameters)
    }

    private static func perform(_ packet: MGMTPacket, _ state: inout State) -> [UInt8] {
        let flags: [UInt16: MGMTSettings] = [0x0005: .powered, 0x0009: .bondable, 0x000D: .lowEnergy]
        if let flag = flags[packet.code] {
            var settings = state.settings[packet.index] ?? []
            if packet.parameters == [1] { settings.insert(flag) } else { settings.remove(flag) }
            if !state.ignored.contains(packet.code) { state.settings[packet.index] = settings }
            return HCIFields.bytes((state.settings[packet.index] ?? []).rawValue)
        }
        switch packet.code {
        case 0x0003:
            let indexes = state.settings.keys.sorted(by: >)
            return HCIFields.bytes(UInt16(indexes.count)) + indexes.flatMap(HCIFields.bytes)
        case 0x0004:
            var bytes = MGMTBytes.controller(
                supported: state.supported,
                current: state.settings[packet.index] ?? []
            )
            bytes[0] = UInt8(packet.index)
            return bytes
        case 0x0031: return packet.parameters + [0xB8, 4, 127]
        default: return packet.parameters
        }
    }
}
