// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// The keys of structured log entries, so that they can be searched for.
public enum LogKey {
    /// The device's identity.
    public static let device = "device"
    /// The property's name.
    public static let property = "property"
    /// The desired text.
    public static let desired = "desired"
    /// The value that was read.
    public static let reported = "reported"
    /// What went wrong.
    public static let error = "error"
}
