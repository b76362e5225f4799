// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where the system keeps what belongs to serial devices.
struct SerialPorts: Sendable {
    /// Where the system names adapters by what they are, not by when they were plugged in.
    var identities = "/dev/serial/by-id"
    /// Where programs that use serial devices say so.
    var locks = ["/run/lock", "/var/lock"]
}
