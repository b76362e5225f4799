// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is whatever hears advertisements at the moment.
protocol Ear: Sendable {
    /// Takes note that an attempt to connect begins.
    func disturb()
    /// Takes note that it has ended.
    func resume()
    /// Leaves the radio to discovery.
    func hold()
    /// Goes on hearing after discovery.
    func rearm()
    /// Ends hearing; returns when that is done.
    func stop() async
}

extension HCIScanner: Ear {}
