// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why no mapper was made.
package struct NewMapperError: Error, Equatable, CustomStringConvertible {
    /// What kind of reason it is.
    package enum Code: Equatable, Sendable {
        /// What was asked for cannot be.
        case usage
        /// The place does not take it.
        case cannotCreate
        /// It was told to stop.
        case interrupted
    }

    /// What kind of reason it is.
    package var code: Code
    /// What is wrong, and what is allowed.
    package var message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
