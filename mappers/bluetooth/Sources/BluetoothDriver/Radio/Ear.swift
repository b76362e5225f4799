// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is whatever hears advertisements at the moment.
protocol Ear: Sendable {
    /// Leaves the radio to an attempt to connect, or to discovery.
    func hold()
    /// Goes on hearing after that.
    func rearm()
    /// Ends hearing; returns when that is done.
    func stop() async
}

extension HCIScanner: Ear {}
