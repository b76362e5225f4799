// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Something that EdgeCore's DMI modules do beside answering.
enum DMIEffect: Sendable {
    /// A message goes to DeviceTwin, as if it had come from the broker.
    case twin(topic: String, payload: [UInt8])
    /// A mapper is called; nothing else is sent to any mapper before ``EdgeCoreDMI/callEnded(_:_:)``.
    case call(DownstreamCall)
    /// There is something to be told to people.
    case line(EdgeLine)
}
