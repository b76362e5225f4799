// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says what a test expected and what came instead, and which line of the test expected it.
///
/// Every test library shows an error that a test throws: nothing here depends on which one it is.
public struct MapperTestFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was expected, and what came instead; several lines.
    public var message: String
    /// The test's file, as `#fileID` gives it.
    public var fileID: String
    /// The line in that file.
    public var line: UInt

    /// Creates a failure at the caller's place.
    public init(_ message: String, fileID: String = #fileID, line: UInt = #line) {
        self.message = message
        self.fileID = fileID
        self.line = line
    }

    /// The place, as compilers print it, and the message.
    public var description: String { "\(fileID):\(line): \(message)" }
}

extension MapperTestFailure {
    init(_ diagnostics: [Diagnostic], _ place: TestPlace) {
        let lines = diagnostics.map { "\n  \($0)" }.joined()
        self.init("the profile cannot be used:\(lines)", place)
    }

    init(_ message: String, _ place: TestPlace) {
        self.init(message, fileID: place.fileID, line: place.line)
    }
}
