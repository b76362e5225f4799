// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import MapperKit
import MapperMQTT

/// Is one run of a mapper: from reading its configuration to the last report.
struct MapperRun<Program: MapperProgram> {
    typealias Contents = DeviceCatalog<Program.Driver>.Contents

    /// How long the end may take to be noticed.
    private static var lastGrace: Duration { .milliseconds(300) }

    let overrides: SettingsOverrides
    let context: CommandContext

    /// Runs until a signal; starts nothing if anything is wrong.
    func run() async -> CommandStatus {
        let reader = SettingsReader(
            program: ProgramIdentity(name: Program.name, version: Program.version),
            defaultFile: context.defaultConfigFile,
            environment: context.environment,
            explain: { Program.explain(foreign: $0) }
        )
        let outcome = reader.read(overrides)
        guard let settings = outcome.settings else {
            context.console.complain(outcome.diagnostics)
            return .configuration
        }
        let handler = context.handler(level: settings.logLevel, format: settings.logFormat)
        let logger = Logger(label: Program.name, factory: handler)
        let driver = Program.makeDriver(logger: logger)
        let contents = load(settings.edge, with: driver)
        let choice = LinkProtocol(driver, settings)
        let findings = outcome.diagnostics + choice.diagnostics.map(SettingSource.naming)
        let diagnostics = findings + (contents?.diagnostics ?? [])
        context.console.complain(diagnostics)
        guard !diagnostics.containsErrors else { return .configuration }
        context.installLogging(handler)
        announce(settings.edge, contents, driver, logger)
        return await serve(settings, contents?.profile, driver, choice.name, logger)
    }

    /// Loads the profile; `nil` for a ConfigMap that is not mounted yet, and where EdgeCore sends the devices.
    private func load(_ edge: EdgeChoice, with driver: Program.Driver) -> Contents? {
        guard case .mqtt(_, let source) = edge else { return nil }
        if case .configMap(let path) = source, !FileManager.default.fileExists(atPath: path) { return nil }
        return DeviceCatalog(driver: driver).contents(of: source.paths)
    }

    private func announce(_ edge: EdgeChoice, _ contents: Contents?, _ driver: Program.Driver, _ logger: Logger) {
        var facts: Logger.Metadata = [
            "version": "\(Program.version)",
            "protocol": "\(DeviceCatalog(driver: driver).protocolName)",
        ]
        switch edge {
        case .mqtt(let mqtt, let source):
            let paths = source.paths.joined(separator: ", ")
            facts["broker"] = "\(mqtt.server)"
            facts["profile"] = "\(paths)"
            facts["devices"] = "\(contents?.devices.count ?? 0)"
            logger.info("starting", metadata: facts)
            announce(contents, from: paths, logger)
        case .dmi(let dmi):
            if let name = dmi.protocolName { facts["protocol"] = "\(name)" }
            facts["edgecore"] = "\(dmi.edgeCoreSocket)"
            facts["socket"] = "\(dmi.mapperSocket)"
            logger.info("starting", metadata: facts)
        }
    }

    private func announce(_ contents: Contents?, from paths: String, _ logger: Logger) {
        guard let contents else {
            return logger.notice(
                "waiting for the device profile, which is not there yet",
                metadata: ["profile": "\(paths)"]
            )
        }
        guard !contents.skipped.isEmpty else { return }
        let names = contents.skipped.map(\.id.description).sorted().joined(separator: ", ")
        logger.info("devices of other protocols are left to other mappers", metadata: ["skipped": "\(names)"])
    }

    // MARK: Running

    private func serve(
        _ settings: Settings,
        _ profile: DeviceProfile?,
        _ driver: Program.Driver,
        _ protocolName: String,
        _ logger: Logger
    ) async -> CommandStatus {
        let link: any EdgeLink
        do {
            link = try context.makeLink(plan(settings.edge, profile, driver, protocolName, logger))
        } catch {
            return fail(error, logger)
        }
        var options = MapperOptions()
        options.refreshInterval = settings.refresh
        // The other half of the time is for what the link has to send.
        options.shutdownGrace = settings.grace / 2
        let mapper = Mapper(driver: driver, link: link, options: options, clock: context.clock, logger: logger)
        let deadline = context.stopDeadline(settings.grace + Self.lastGrace) { [context] in
            logger.warning("stopped in the middle of work that does not let go")
            context.leave(CommandStatus.success.rawValue)
        }
        defer { deadline?.cancel() }
        let stop = GracefulStop(grace: settings.grace, clock: context.clock)
        let outcome = await stop.run(
            signals: await context.stopSignals(),
            onStop: { signal in logger.info("stopping", metadata: ["signal": "\(signal.rawValue)"]) },
            work: { try await mapper.run() }
        )
        return conclude(outcome, logger)
    }

    private func plan(
        _ edge: EdgeChoice,
        _ profile: DeviceProfile?,
        _ driver: Program.Driver,
        _ protocolName: String,
        _ logger: Logger
    ) -> LinkPlan {
        LinkPlan(
            edge: edge,
            driverProtocol: protocolName,
            profile: profile,
            concerns: { DriverBinding(driver).concerns($0) },
            check: { DriverBinding(driver).bind($0).diagnostics },
            checkDevice: { DriverBinding(driver).bind($0).diagnostics },
            clock: context.clock,
            logger: logger
        )
    }

    private func conclude(_ outcome: GracefulStop.Outcome, _ logger: Logger) -> CommandStatus {
        switch outcome {
        case .ended(after: .some):
            logger.info("stopped")
            return .success
        case .ended(after: nil):
            logger.critical("the mapper ended without being asked to")
            return .internalError
        case .abandoned:
            logger.warning("stopped without waiting any longer for devices that do not let go")
            context.leave(CommandStatus.success.rawValue)
            return .success
        case .interrupted(let signal):
            context.leave(signal.exitCode)
            return .success
        case .failed(let error):
            return fail(error, logger)
        }
    }

    private func fail(_ error: any Error, _ logger: Logger) -> CommandStatus {
        logger.critical("the mapper cannot go on", metadata: [LogKey.error: "\(error)"])
        let isConfiguration =
            (error as? MQTTError)?.code == .invalidConfiguration || DMISupport.isInvalidConfiguration(error)
        return isConfiguration ? .configuration : .internalError
    }
}
