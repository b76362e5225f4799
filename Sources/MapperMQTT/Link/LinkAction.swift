// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Something the link's state asks the world to do.
enum LinkAction: Sendable {
    /// Subscribe, and say how it went for these devices.
    case subscribe([String], devices: [DeviceID], connection: Int)
    /// Unsubscribe.
    case unsubscribe([String])
    /// Publish, and say how it went.
    case publish(Parcel)
    /// Say whether this mapper is there.
    case announce(DeviceState)
    /// Pass an event to the mapper.
    case emit(EdgeEvent)
    /// Say something in the log.
    case log(Logger.Level, String, [String: String])
    /// Look at the profile's files soon.
    case rereadProfile
}
