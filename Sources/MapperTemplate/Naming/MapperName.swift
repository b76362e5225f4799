// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a new mapper's name in upper camel case, from which all its other names are made.
package struct MapperName: Equatable, Sendable {
    /// The longest name: what is made of it has to fit into a label of Kubernetes, which has 63 characters at most.
    package static let limit = 36

    /// The name as it was given, for example `HeatPump`.
    package let text: String
    /// In lower case, with hyphens between the words: `heat-pump`.
    package let hyphenated: String

    /// The package and the program: `heat-pump-mapper`.
    package var program: String { hyphenated + "-mapper" }
    /// The driver's type and module: `HeatPumpDriver`.
    package var driver: String { text + "Driver" }
    /// The type with `@main`: `HeatPumpMapper`.
    package var main: String { text + "Mapper" }

    /// Takes a name.
    /// - Throws: ``NewMapperError`` when it cannot be one, with what is allowed, and what to write instead where that
    ///   can be told.
    package init(_ text: String) throws(NewMapperError) {
        if let problem = NameRules.problem(of: text) {
            let instead = NameRules.correction(of: text).map { ", write '\($0)'" } ?? ""
            throw NewMapperError(
                .usage,
                "the name '\(text.shortened)' cannot be taken: \(problem)\(instead); \(NameRules.allowed)"
            )
        }
        self.text = text
        hyphenated = NameRules.hyphenated(text)
    }
}
