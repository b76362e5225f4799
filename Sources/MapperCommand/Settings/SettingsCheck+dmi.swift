// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension SettingsCheck {
    /// Makes the settings of the link by DMI; the names of the keys are mapper-framework's.
    mutating func dmi(from keys: SettingsTree) -> DMISettings {
        let common = keys.common
        let edgeCore = common?.edgecoreSock.nonEmpty ?? DMISettings.standardSocket
        let own = keys.grpcServer?.socketPath.nonEmpty
        let settings = DMISettings(
            edgeCoreSocket: edgeCore,
            mapperSocket: own ?? SocketPath.sibling(of: edgeCore, named: "\(program.name).sock"),
            name: common?.name.nonEmpty ?? program.name,
            version: common?.version.nonEmpty ?? program.version,
            apiVersion: common?.apiVersion.nonEmpty ?? DMISettings.standardInterface,
            protocolName: common?.protocol.nonEmpty,
            requestsPerSecond: keys.dmi?.requestsPerSecond,
            messagesPerSecond: keys.dmi?.messagesPerSecond
        )
        checkSockets(settings)
        checkRates(settings)
        return settings
    }

    private mutating func checkSockets(_ dmi: DMISettings) {
        if let problem = SocketPath.problem(of: dmi.edgeCoreSocket) {
            // Nothing about a socket whose place follows from this one.
            return error("common.edgecore_sock", "'edgecore_sock' \(problem)")
        }
        if let problem = SocketPath.problem(of: dmi.mapperSocket) {
            error("grpc_server.socket_path", "'socket_path' \(problem)")
        } else if dmi.mapperSocket == dmi.edgeCoreSocket {
            error(
                "grpc_server.socket_path",
                "'socket_path' is \(dmi.mapperSocket), EdgeCore's own socket: the mapper listens on another one"
            )
        }
    }

    private mutating func checkRates(_ dmi: DMISettings) {
        if let rate = dmi.requestsPerSecond, !(0.01...1000).contains(rate) {
            error("dmi.requestsPerSecond", "'requestsPerSecond' is \(rate), allowed is 0.01…1000")
        } else if let rate = dmi.requestsPerSecond, rate > 1 {
            warn(
                "dmi.requestsPerSecond",
                "'requestsPerSecond' is \(rate), but EdgeCore takes 1 a second from all mappers of the node together and "
                    + "refuses the others; at most 1 makes sense"
            )
        }
        if let rate = dmi.messagesPerSecond, !(0.01...1000).contains(rate) {
            error("dmi.messagesPerSecond", "'messagesPerSecond' is \(rate), allowed is 0.01…1000")
        }
    }
}
