// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says why a link to a peripheral did not come about, or is not as safe as it has to be.
enum L2CAPFault: Error, Hashable, Sendable {
    /// The system's answer.
    case system(BluetoothErrno)
    /// The peripheral was not heard for so long, or not under this kind of address.
    case timedOut(Duration)
    /// Whoever asked does not want to know any more.
    case cancelled
    /// The link did not become encrypted, although nothing was said against it.
    case stillOpen
}
