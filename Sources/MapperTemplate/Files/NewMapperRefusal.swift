// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells everything that keeps a mapper from being made.
package struct NewMapperRefusal: Error {
    /// What is wrong, in the order of the command line.
    package let errors: [NewMapperError]
}
