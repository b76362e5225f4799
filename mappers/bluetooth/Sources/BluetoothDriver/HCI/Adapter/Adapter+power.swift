// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension Adapter {
    /// Makes the adapter ready: Low Energy enabled, powered.
    ///
    /// Always through the control channel: the kernel registers its pairing only for an adapter that was powered on
    /// this way, not for one that `hciconfig up` has brought up. The adapter's state is read before, which makes the
    /// kernel hand the adapter over to the control channel.
    /// - Returns: the state afterwards.
    @discardableResult
    func powerOn() async throws(ManagementError) -> AdapterInfo {
        var info = try await info()
        guard info.supported.contains(.lowEnergy) else {
            throw .unsuitable("\(info.label) (\(info.address)) cannot do Bluetooth Low Energy")
        }
        if !info.current.contains(.lowEnergy) {
            info.current = try await change(.setLowEnergy(true))
        }
        if !info.current.contains(.powered) {
            info.current = try await change(.setPowered(true))
        }
        guard info.current.isSuperset(of: [.lowEnergy, .powered]) else {
            throw .unsuitable("\(info.label) (\(info.address)) stays off although the kernel was told to switch it on")
        }
        return info
    }

    /// Switches the adapter off and on: the last resort for a controller that hangs, and the way to pairing on an
    /// adapter that was brought up past the control channel.
    ///
    /// All connections of all programs end.
    @discardableResult
    func cycle() async throws(ManagementError) -> AdapterInfo {
        _ = try await change(.setPowered(false))
        return try await powerOn()
    }

    private func change(_ command: MGMTCommand) async throws(ManagementError) -> MGMTSettings {
        guard let settings = try await management.send(command, to: index).settings else {
            throw .malformed(command, index: index)
        }
        return settings
    }
}
