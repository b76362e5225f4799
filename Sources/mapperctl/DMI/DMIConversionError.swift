// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Why a Device object cannot become a message for a mapper.
struct DMIConversionError: Error, Hashable, Sendable {
    let reason: String
}
