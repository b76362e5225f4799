// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

#if DMI
import MapperDMI

/// Is what a build with the package trait `DMI` knows of it.
enum DMISupport {
    /// Whether the build can speak DMI.
    static let isIncluded = true

    /// Makes the link to EdgeCore.
    /// - Throws: `DMIError` when a setting cannot be used.
    static func link(_ settings: DMISettings, for plan: LinkPlan) throws -> any EdgeLink {
        try DMIEdgeLink(
            configuration: configuration(settings, for: plan),
            driverProtocol: plan.driverProtocol,
            check: plan.checkDevice,
            clock: plan.clock,
            logger: plan.logger
        )
    }

    /// Whether an error says that the settings cannot be used.
    static func isInvalidConfiguration(_ error: any Error) -> Bool {
        (error as? DMIError)?.code == .invalidConfiguration
    }

    static func configuration(_ settings: DMISettings, for plan: LinkPlan) -> DMIConfiguration {
        var configuration = DMIConfiguration(
            edgeCoreSocket: settings.edgeCoreSocket,
            mapperSocket: settings.mapperSocket,
            name: settings.name,
            version: settings.version,
            apiVersion: settings.apiVersion,
            protocolName: settings.protocolName ?? plan.driverProtocol
        )
        if let rate = settings.requestsPerSecond { configuration.requestsPerSecond = rate }
        if let rate = settings.messagesPerSecond { configuration.messagesPerSecond = rate }
        return configuration
    }
}
#else
/// Is what a build without the package trait `DMI` knows of it.
///
/// That is nothing; settings that choose DMI are refused before.
enum DMISupport {
    /// Whether the build can speak DMI.
    static let isIncluded = false

    /// Fails.
    static func link(_ settings: DMISettings, for plan: LinkPlan) throws -> any EdgeLink {
        throw ConfigurationError([.error(at: nil, "this build has no DMI: build with the package trait DMI")])
    }

    /// Nothing does.
    static func isInvalidConfiguration(_ error: any Error) -> Bool { false }
}
#endif
