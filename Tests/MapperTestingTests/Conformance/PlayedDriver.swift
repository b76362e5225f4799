// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit
import Synchronization

/// Is a driver for devices in memory: right, or with one flaw.
struct PlayedDriver: DeviceDriver {
    struct ProtocolConfig: Decodable, Sendable {
        var address: String
    }

    struct VisitorConfig: Decodable, Sendable {
        var scale: Double?
    }

    /// What the sessions of one driver share.
    final class Shared: Sendable {
        /// How often each address was opened.
        let openings = Mutex<[String: Int]>([:])
        let inUse = Mutex<Int>(0)
        let wereAway = Mutex<Set<String>>([])
        let hoard = Mutex<[[UInt8]]>([])
    }

    let field: PlayedField
    var flaw: Flaw?
    private let shared = Shared()

    init(_ field: PlayedField, flaw: Flaw? = nil) {
        self.field = field
        self.flaw = flaw
    }

    var protocolNames: [String] { flaw == .hasNoName ? ["played", ""] : ["played"] }

    func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> PlayedSession {
        let address = device.config.address
        let count = shared.openings.withLock { openings in
            openings[address, default: 0] += 1
            return openings[address] ?? 0
        }
        if flaw == .hesitates, count == 1 { throw DeviceError(.unreachable, "\(address) is not ready yet") }
        if flaw == .opensOnce, count > 1 { throw DeviceError(.unreachable, "\(address) is in use") }
        if flaw == .leaksMemory { shared.hoard.withLock { $0.append([UInt8](repeating: 1, count: 1_000_000)) } }
        if flaw == .leaksDescriptors { _ = Glibc.open("/dev/null", O_RDONLY) }
        if field.isAway(address) {
            shared.wereAway.withLock { _ = $0.insert(address) }
            throw DeviceError(.unreachable, "\(address) does not answer")
        }
        if flaw == .staysAway, shared.wereAway.withLock({ $0.contains(address) }) {
            throw DeviceError(.unreachable, "\(address) did not answer before")
        }
        return PlayedSession(device, field, flaw, shared)
    }

    func transform(for visitor: VisitorConfig) -> ValueTransform { ValueTransform(scale: visitor.scale ?? 1) }
}
