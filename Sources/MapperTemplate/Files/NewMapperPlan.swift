// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what somebody asks for when they want a new mapper.
package struct NewMapperPlan: Sendable {
    private let name: String
    private let directory: String?
    private let protocolName: String?
    private let mapperkit: String?

    /// Takes the words of a command line; what is `nil` is found out.
    package init(name: String, directory: String? = nil, protocolName: String? = nil, mapperkit: String? = nil) {
        self.name = name
        self.directory = directory
        self.protocolName = protocolName
        self.mapperkit = mapperkit
    }

    /// Makes sense of it.
    /// - Parameters:
    ///   - workingDirectory: Where relative paths start.
    ///   - program: The running program's path, around which MapperKit is looked for.
    /// - Returns: the mapper, where it goes, and that folder's path as people see it.
    /// - Throws: ``NewMapperRefusal`` with everything that is wrong.
    package func resolved(
        workingDirectory: String,
        program: String
    ) throws(NewMapperRefusal) -> (mapper: NewMapper, place: PackagePlace, path: String) {
        var errors: [NewMapperError] = []
        let name = Self.attempt(&errors) { () throws(NewMapperError) in try MapperName(self.name) }
        let chosen = Self.attempt(&errors) { () throws(NewMapperError) -> ProtocolName? in
            guard let protocolName else { return nil }
            return try ProtocolName(protocolName)
        }
        // Without a name its folder cannot be told, but the other words can be judged all the same.
        let path = (directory ?? name?.program).map(Self.trimmed)
        let place = path.flatMap { path in
            Self.attempt(&errors) { () throws(NewMapperError) in
                try PackagePlace(path, workingDirectory: workingDirectory)
            }
        }
        let search = OriginSearch(for: place, workingDirectory: workingDirectory)
        let origin = Self.attempt(&errors) { () throws(NewMapperError) in
            guard let mapperkit else { return try search.origin(around: [program, workingDirectory]) }
            return try search.origin(named: mapperkit)
        }
        guard errors.isEmpty, let name, let chosen, let path, let place, let origin else {
            throw NewMapperRefusal(errors: errors)
        }
        let mapper = NewMapper(name: name, protocolName: chosen ?? ProtocolName(of: name), origin: origin)
        return (mapper, place, path)
    }

    /// The path without the strokes at its end that mean nothing.
    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private static func attempt<Value>(
        _ errors: inout [NewMapperError],
        _ body: () throws(NewMapperError) -> Value
    ) -> Value? {
        do throws(NewMapperError) {
            return try body()
        } catch {
            errors.append(error)
            return nil
        }
    }
}
