// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation

@testable import mapperctl

/// Something that breaks between EdgeCore and a mapper.
enum Disruption: String, CaseIterable {
    /// The file of EdgeCore's socket goes, then EdgeCore makes it anew.
    case socketRemoved
    case edgeCoreStopped
    case edgeCoreKilled
    /// EdgeCore dies while it waits for the mapper's answer.
    case edgeCoreKilledInCall
    /// The mapper takes some time to answer.
    case mapperPaused
    case mapperKilled
    case mapperKilledInCall
    /// The mapper dies when the device has been written, before anybody was told.
    case mapperKilledAfterWriting
    /// Both die; the mapper is back first.
    case bothKilledMapperFirst
    /// Both die; EdgeCore is back first.
    case bothKilledEdgeCoreFirst
}

extension DMIStage {
    /// Lets something break while a setpoint becomes desired; returns when everything runs again.
    func suffer(_ disruption: Disruption, desiring tenths: UInt16) async throws {
        switch disruption {
        case .socketRemoved:
            unlink(server.options.socketPath)
            desire(tenths)
            try await server.restart()
        case .edgeCoreStopped:
            await server.stop()
            desire(tenths)
            try await server.start()
        case .edgeCoreKilled:
            await server.kill()
            desire(tenths)
            try await server.start()
        case .edgeCoreKilledInCall:
            try await call(desiring: tenths)
            await server.kill()
            mapper.send(SIGCONT)
            try await server.start()
        case .mapperPaused:
            try await call(desiring: tenths)
            mapper.send(SIGCONT)
        case .mapperKilled, .mapperKilledInCall, .mapperKilledAfterWriting:
            try await killMapper(disruption, desiring: tenths)
        case .bothKilledMapperFirst, .bothKilledEdgeCoreFirst:
            try await killBoth(disruption, desiring: tenths)
        }
    }

    /// Wants a setpoint, and stops the mapper in the call that says so.
    private func call(desiring tenths: UInt16) async throws {
        mapper.send(SIGSTOP)
        desire(tenths)
        try await eventually("a call", evidence: evidence) { server.node.now.dmi?.current != nil }
    }

    private func killMapper(_ disruption: Disruption, desiring tenths: UInt16) async throws {
        switch disruption {
        case .mapperKilledInCall: try await call(desiring: tenths)
        case .mapperKilledAfterWriting:
            desire(tenths)
            try await eventually("the write", evidence: evidence) { written.last == tenths }
        default: break
        }
        mapper.kill()
        desire(tenths)
        try startMapper()
    }

    private func killBoth(_ disruption: Disruption, desiring tenths: UInt16) async throws {
        mapper.kill()
        await server.kill()
        desire(tenths)
        if disruption == .bothKilledMapperFirst {
            try startMapper()
            try await mapper.said("listening for EdgeCore's calls")
            try await server.start()
        } else {
            try await server.start()
            try startMapper()
        }
    }
}
