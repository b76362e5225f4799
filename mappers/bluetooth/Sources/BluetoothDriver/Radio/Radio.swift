// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a way to peripherals: an adapter of this machine, or a simulator in the place of one.
protocol Radio: Sendable {
    /// Finds a peripheral and makes a link to it.
    /// - Throws: ``DeviceError`` when it is not there, or the radio is not.
    func connect(to wanted: WantedPeer, as terms: LinkTerms) async throws(DeviceError) -> RadioLink

    /// Passes on what matching peripherals advertise, until the token is ended, whatever happens to the radio meanwhile.
    /// - Parameter hear: Called on a thread of the radio, and not to be kept waiting.
    /// - Throws: ``DeviceError`` when nothing can be heard at the moment.
    func listen(
        to wanted: WantedPeer,
        _ hear: @escaping @Sendable (Advertisement) -> Void
    ) async throws(DeviceError) -> Listening
}
