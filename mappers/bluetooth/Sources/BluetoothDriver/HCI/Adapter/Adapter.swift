// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one of the machine's Bluetooth adapters, reached through the kernel's control channel.
struct Adapter: Sendable {
    /// 0 for `hci0`.
    let index: UInt16
    /// What sockets bind to: always to a named adapter, or the kernel picks one.
    let address: BluetoothAddress
    let management: ManagementSocket
    let clock: any MapperClock

    init(_ info: AdapterInfo, on management: ManagementSocket, clock: any MapperClock) {
        index = info.index
        address = info.address
        self.management = management
        self.clock = clock
    }

    /// Lists the machine's adapters, by their numbers.
    static func list(on management: ManagementSocket) async throws(ManagementError) -> [AdapterInfo] {
        guard let indexes = try await management.send(.readIndexList).indexes else {
            throw .malformed(.readIndexList, index: MGMTPacket.noIndex)
        }
        var adapters: [AdapterInfo] = []
        for index in indexes.sorted() {
            do throws(ManagementError) {
                adapters.append(try await info(of: index, on: management))
            } catch {
                // Unplugged meanwhile.
                guard error.status == .invalidIndex else { throw error }
            }
        }
        return adapters
    }

    /// Finds an adapter by name (`hci0`) or address; without one, the first that can do Low Energy.
    static func find(
        _ name: String?,
        on management: ManagementSocket,
        clock: any MapperClock
    ) async throws(ManagementError) -> Adapter {
        let adapters = try await list(on: management)
        guard let found = choose(name, among: adapters) else {
            throw .noSuchAdapter(
                name ?? "for Low Energy",
                known: adapters.map { "there is \($0.label) (\($0.address))" }
            )
        }
        return Adapter(found, on: management, clock: clock)
    }

    /// The adapter that a configuration means; `nil` when none is it.
    static func choose(_ name: String?, among adapters: [AdapterInfo]) -> AdapterInfo? {
        guard let name else { return adapters.first { $0.supported.contains(.lowEnergy) } }
        let address = BluetoothAddress(name)
        return adapters.first { $0.label == name || $0.address == address }
    }

    /// Reads the adapter's state.
    func info() async throws(ManagementError) -> AdapterInfo {
        try await Self.info(of: index, on: management)
    }

    private static func info(
        of index: UInt16,
        on management: ManagementSocket
    ) async throws(ManagementError) -> AdapterInfo {
        guard let info = try await management.send(.readControllerInfo, to: index).controller else {
            throw .malformed(.readControllerInfo, index: index)
        }
        return info
    }

    /// Reads how strong the connection to a device is.
    ///
    /// Refused as not connected also for a moment after the kernel has said that the device is connected.
    func signal(of peer: MGMTAddress) async throws(ManagementError) -> ConnectionSignal {
        let command = MGMTCommand.connectionInformation(peer)
        guard let signal = try await management.send(command, to: index).signal else {
            throw .malformed(command, index: index)
        }
        return signal
    }

    /// Tells the kernel how connections to certain devices are to be; replaces what it was told before.
    func load(_ parameters: [MGMTConnectionParameters]) async throws(ManagementError) {
        try await management.send(.loadConnectionParameters(parameters), to: index)
    }

    /// Sets how connections are to be that nothing else is said about.
    func set(_ defaults: [MGMTDefault]) async throws(ManagementError) {
        try await management.send(.setDefaults(defaults), to: index)
    }
}
