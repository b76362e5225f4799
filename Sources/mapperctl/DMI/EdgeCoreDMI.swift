// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit
import MapperTesting

/// What EdgeCore does about DMI, as a state machine without any transport: its DMI server, client, worker and cache.
///
/// Calls of mappers and messages of the cloud go in; answers and effects come out. Messages of the cloud wait while a
/// mapper is being called, as one goroutine works off all of them for the whole node.
struct EdgeCoreDMI: Sendable {
    let version: EdgeCoreDMIVersion
    /// Whether mappers are known again after a restart.
    let remembersMappers: Bool
    /// Limits all requests of all mappers together; `nil` for no limit.
    var bucket: TokenBucket?
    private let initialBucket: TokenBucket?

    /// What lists are made of.
    var devices: [DeviceID: CachedDevice] = [:]
    var models: [DeviceID: CachedModel] = [:]
    /// What is read back after a restart.
    var storedDevices: [DeviceID: CachedDevice] = [:]
    var storedModels: [DeviceID: CachedModel] = [:]

    /// The mappers by their own names, as they are stored.
    var mappers: [String: DMIMapperInfo] = [:]
    /// The mapper that gets the calls of a protocol.
    var clients: [String: DMIMapperInfo] = [:]

    var messages: [CloudMessage] = []
    var current: (message: CloudMessage, call: DownstreamCall)?
    var lastCallID = 0

    /// Creates an edge without devices and mappers.
    /// - Parameters:
    ///   - remembersMappers: What the version does when `nil`.
    ///   - bucket: The limiter; `nil` for none.
    init(
        version: EdgeCoreVersion = EdgeCoreVersion(1, 23, 1),
        remembersMappers: Bool? = nil,
        bucket: TokenBucket? = TokenBucket()
    ) {
        self.version = EdgeCoreDMIVersion(version)
        self.remembersMappers = remembersMappers ?? self.version.remembersMappers
        self.bucket = bucket
        initialBucket = bucket
    }

    /// Begins anew from what was stored: what was on its way is lost, what failed to go away is gone.
    mutating func restart() {
        devices = storedDevices
        models = storedModels
        clients = [:]
        if remembersMappers {
            for mapper in mappers.values.sorted(by: { $0.name < $1.name }) { clients[mapper.protocol] = mapper }
        }
        bucket = initialBucket
        messages = []
        current = nil
    }
}
