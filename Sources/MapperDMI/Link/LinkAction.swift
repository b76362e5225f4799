// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Something the link's state wants done.
enum LinkAction: Sendable {
    /// An event goes to the mapper.
    case emit(EdgeEvent)
    /// Something is said.
    case log(Logger.Level, String, [String: String])
}
