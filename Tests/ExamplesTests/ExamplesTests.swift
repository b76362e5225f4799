// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// What the examples' READMEs promise, with the built programs.
///
/// One test at a time: brokers, edges and devices are real.
@Suite(.serialized)
enum ExamplesTests {}
