// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting

/// Something a node does, in the order in which it does it.
enum EdgeEffect: Sendable {
    /// DeviceTwin says something, or would not have survived.
    case output(DeviceTwin.Output)
    /// A mapper asked for something.
    case asked(UpstreamRequest, DMIRefusal?)
    /// A mapper is to be called.
    case call(DownstreamCall)
    /// A mapper was called; the text says why that failed.
    case ended(DownstreamCall, failure: String?)
    /// `mapperctl twin set` is to be answered.
    case answer(device: String, reason: String?)
    /// There is something to be told to people.
    case line(EdgeLine)
}
