// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore
import MapperDMI

/// The service of EdgeCore: gives each request to the node.
struct ManagerService: DMIDeviceManagerService.SimpleServiceProtocol {
    let node: SharedNode
    /// When the time of requests began.
    let origin = ContinuousClock.now
    /// Is told that the node has died of a request.
    let onCrash: @Sendable () -> Void

    func mapperRegister(
        request: DMIMapperRegisterRequest,
        context: ServerContext
    ) async throws -> DMIMapperRegisterResponse {
        try answer(node.ask { $0.register(request, at: now) })
    }

    func reportDeviceStatus(
        request: DMIReportDeviceStatusRequest,
        context: ServerContext
    ) async throws -> DMIReportDeviceStatusResponse {
        try answer(node.ask { $0.reportStatus(request, at: now) })
    }

    func reportDeviceStates(
        request: DMIReportDeviceStatesRequest,
        context: ServerContext
    ) async throws -> DMIReportDeviceStatesResponse {
        try answer(node.ask { $0.reportStates(request, at: now) })
    }

    private var now: Duration { ContinuousClock.now - origin }

    private func answer<Response>(_ result: Result<Response, DMIRefusal>) throws -> Response {
        switch result {
        case .success(let response): return response
        case .failure(let refusal):
            if case .crash = refusal { onCrash() }
            throw RPCError(code: refusal.code, message: refusal.message)
        }
    }
}

extension DMIRefusal {
    /// The code on the wire.
    fileprivate var code: RPCError.Code {
        switch self {
        case .error: .unknown
        case .unimplemented: .unimplemented
        case .crash: .unavailable
        }
    }
}
