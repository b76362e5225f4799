// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Is what a ``TwinClient`` has to say.
public enum TwinNews: Hashable, Sendable {
    /// The broker answers; what has changed since the last connection follows.
    case connected
    /// The connection is gone or did not come about; said once for each new reason while the client goes on trying.
    case disconnected(MQTTError)
    /// A twin is another one than before.
    case changed(TwinChange)
    /// A mapper has said how a device is, in its own word: `online`, `offline`, `unknown`.
    case state(DeviceID, String)
    /// EdgeCore did not take a value that this client desired, and why.
    case refused(DeviceID, String)
}
