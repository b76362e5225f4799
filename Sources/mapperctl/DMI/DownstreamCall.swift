// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One call of EdgeCore on a mapper.
struct DownstreamCall: Sendable {
    /// Tells calls apart, also over a restart.
    var id: Int
    /// The protocol whose mapper is called.
    var protocolName: String
    /// The path of the mapper's socket, as the mapper gave it.
    var address: String
    var request: DownstreamRequest
}
