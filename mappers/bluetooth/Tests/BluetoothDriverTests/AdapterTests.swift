// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting
import Testing

@testable import BluetoothDriver

@Suite("Adapters", .timeLimit(.minutes(1)))
struct AdapterTests {
    private let clock = ManualClock()

    /// Runs a body with an adapter of a scripted kernel.
    private func with<Outcome>(
        _ kernel: AdapterKernel,
        _ name: String? = nil,
        _ body: (Adapter) async throws -> Outcome
    ) async throws -> Outcome {
        let end = try HCIScriptedKernel { kernel.answer($0) }
        defer { end.stop() }
        let socket = ManagementSocket(descriptor: end.client, clock: clock)
        return try await body(try await Adapter.find(name, on: socket, clock: clock))
    }

    private static let two = AdapterKernel { $0.settings = [0: [], 1: [.powered]] }

    @Test("they are found by name, by address or as the first")
    func find() async throws {
        for (name, index) in [(nil, 0), ("hci0", 0), ("hci1", 1), ("00:AA:BB:CC:00:00", 0)] as [(String?, UInt16)] {
            let found = try await with(Self.two, name) { $0 }
            #expect(found.index == index)
        }
        let error = await #expect(throws: ManagementError.self) { try await with(Self.two, "hci7") { _ in } }
        #expect(
            error?.description
                == "there is no adapter hci7; there is hci0 (00:AA:BB:CC:00:00), there is hci1 (00:AA:BB:CC:00:01)"
        )
    }

    @Test("without a name it is one that can do Low Energy")
    func lowEnergyFirst() throws {
        let classic = try #require(
            AdapterInfo(index: 0, parameters: MGMTBytes.controller(supported: [.classic], current: []))
        )
        let both = try #require(AdapterInfo(index: 1, parameters: MGMTBytes.controller(current: [])))
        #expect(Adapter.choose(nil, among: [classic, both]) == both)
        #expect(Adapter.choose(nil, among: [classic]) == nil)
    }

    @Test("one that is unplugged while being listed is left out")
    func unplugged() async throws {
        let kernel = AdapterKernel { state in
            state.settings = [0: [], 1: []]
            state.refusals = [0x0004: [0x11]]
        }
        #expect(try await with(kernel) { $0.index } == 1)
    }

    @Test("powering on enables Low Energy first, and does nothing that is done already")
    func powerOn() async throws {
        let kernel = AdapterKernel()
        let info = try await with(kernel) { try await $0.powerOn() }
        #expect(info.current == [.lowEnergy, .powered])
        #expect(kernel.log == ["0:d 01", "0:5 01"])
        let ready = AdapterKernel { $0.settings = [0: [.powered, .lowEnergy]] }
        try await with(ready) { _ = try await $0.powerOn() }
        #expect(ready.log == [])
    }

    @Test("a cycle is off and on")
    func cycle() async throws {
        let kernel = AdapterKernel { $0.settings = [0: [.powered, .lowEnergy]] }
        try await with(kernel) { _ = try await $0.cycle() }
        #expect(kernel.log == ["0:5 00", "0:5 01"])
    }

    @Test("powering on fails with the reason")
    func powerFails() async throws {
        let blocked = AdapterKernel { $0.refusals = [0x0005: [0x12]] }
        let error = await #expect(throws: ManagementError.self) {
            try await with(blocked) { _ = try await $0.powerOn() }
        }
        #expect(error?.description.contains("rfkill unblock bluetooth") == true)
        let lame = AdapterKernel { $0.ignored = [0x0005] }
        await #expect(throws: ManagementError.self) { try await with(lame) { _ = try await $0.powerOn() } }
        let old = AdapterKernel { $0.supported = [.powered, .classic] }
        let oldError = await #expect(throws: ManagementError.self) {
            try await with(old, "hci0") { _ = try await $0.powerOn() }
        }
        #expect(oldError?.isTransient == false)
    }

    @Test("signal, connection parameters and defaults reach the kernel")
    func others() async throws {
        let kernel = AdapterKernel()
        try await with(kernel) { adapter in
            #expect(try await adapter.signal(of: MGMTBytes.peer).strength == -72)
            try await adapter.set([.supervisionTimeout(400)])
            try await adapter.load([])
        }
        #expect(kernel.log == ["0:31 05f4f3f2f1f002", "0:4c 1a00029001", "0:35 0000"])
    }

    @Test("unpairing what is not paired is all right, other failures are not")
    func unpair() async throws {
        let kernel = AdapterKernel { $0.refusals = [0x001B: [0x06, 0x0F]] }
        try await with(kernel) { adapter in
            try await adapter.unpair(MGMTBytes.peer)
            await #expect(throws: ManagementError.self) { try await adapter.unpair(MGMTBytes.peer) }
        }
    }

    @Test("an agent registers, answers by its rules, and hands out keys and failures")
    func agent() async throws {
        let key = LongTermKey(
            peer: MGMTBytes.peer,
            type: 1,
            central: 1,
            encryptionSize: 16,
            diversifier: 1,
            random: 2,
            value: Array(repeating: 7, count: 16)
        )
        let kernel = AdapterKernel { state in
            state.events = [
                0x0009: [
                    MGMTBytes.event(0x0010, index: 3, MGMTBytes.peerBytes),
                    MGMTBytes.event(0x0010, MGMTBytes.peerBytes),
                    MGMTBytes.event(0x000F, MGMTBytes.otherBytes + [1, 0, 0, 0, 0]),
                    MGMTBytes.event(0x000A, [1] + key.record),
                    MGMTBytes.event(0x0011, MGMTBytes.otherBytes + [5]),
                ]
            ]
            state.refusals = [0x001D: [0x02]]
        }
        let agent = PairingAgent(rules: [MGMTBytes.peer.address: .passkey(123_456)])
        var decisions: [PairingDecision] = []
        var errors: [MGMTStatus?] = []
        var began = 0
        let end = try HCIScriptedKernel { kernel.answer($0) }
        let socket = ManagementSocket(descriptor: end.client, clock: clock)
        let adapter = try await Adapter.find(nil, on: socket, clock: clock)
        try await adapter.answerPairing(agent, began: { began += 1 }) { decision, error in
            decisions.append(decision)
            errors.append(error?.status)
            if case .failed = decision { socket.close() }
        }
        #expect(began == 1)
        #expect(
            kernel.log == [
                "0:18 02", "0:9 01", "0:1e 05f4f3f2f1f00240e20100", "0:1d 030201dc1b0001",
            ]
        )
        #expect(decisions.count == 4)
        #expect(decisions.first == .accept(.enterPasskey(MGMTBytes.peer, 123_456)))
        #expect(decisions.contains(.keepLongTermKey(key)))
        #expect(errors == [nil, .notConnected, nil, nil])
    }
}
