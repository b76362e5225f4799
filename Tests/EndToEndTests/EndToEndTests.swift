// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Everything at once, as it is deployed: the built programs, a real broker, Modbus over sockets.
///
/// One test at a time: what they measure depends on the machine.
@Suite(.serialized)
enum EndToEndTests {}
