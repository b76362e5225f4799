// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what a link went through.
struct LinkNotes {
    /// Whether the link must not be used again; its owner closes it.
    var isCondemned = false
    /// Whether anything of the last transaction's request may have left.
    var hasSent = false
    /// From the last request's first byte to its answer's last.
    var roundTrip = Duration.zero
    /// Bytes that were thrown away since the link was opened: nobody had asked for them.
    var drainedBytes = 0
}
