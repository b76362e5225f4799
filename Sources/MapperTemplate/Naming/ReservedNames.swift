// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Lists the names that would get in the way of others.
enum ReservedNames {
    /// Words of Swift's own that look like names.
    static let words: Set<String> = ["Any", "Protocol", "Self", "Type"]

    /// Modules that a mapper imports, or that its author may want to.
    static let modules: Set<String> = [
        "ArgumentParser", "CoreMetrics", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Logging",
        "MapperCommand", "MapperDMI", "MapperKit", "MapperMQTT", "MapperProfile", "MapperTemplate", "MapperTesting",
        "Metrics", "Musl", "PackageDescription", "ServiceLifecycle", "Swift", "Synchronization", "Testing", "XCTest",
    ]

    /// Mappers that MapperKit's package builds itself: SwiftPM wants targets with names of their own.
    static let programs: Set<String> = ["bluetooth", "modbus", "template"]

    /// What stands before `Driver` or `Session` in types that a mapper sees.
    static let typePrefixes: Set<String> = ["Combined", "Device", "Direct", "Method", "Pushing", "Scripted", "URL"]

    /// What the generator puts behind a name itself.
    static let endings = ["Driver", "Mapper", "Session"]
}
