// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a driver of several protocols, made of drivers of one each.
package protocol DriverCombination: DeviceDriver {
    /// The names of each protocol, in the order the drivers were given.
    var protocols: [[String]] { get }

    /// Notes, for each configuration type on the way, which driver a protocol's devices are for.
    func choose(for protocolName: String, _ choice: inout ProtocolChoice)
}
