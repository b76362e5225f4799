// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging

/// Opens the link of a bus.
struct LinkOpener {
    /// How long a connection may take to come about; longer than an answer, as routers and resolvers need their time.
    private static let connectTimeout = Duration.seconds(2)

    let address: BusAddress
    let environment: BusEnvironment
    let stop: StopSignal
    /// What a link delivers when a request has been sent.
    let earlier: DelayedOutcome

    /// Opens the link, which takes over what is known about the line.
    func open(_ memory: inout BusMemory) throws(BusFault) -> Connection {
        switch address {
        case .tcp(let host, let port):
            return .tcp(TCPLink(socket: try connect(to: host, port), stop: stop, earlier: earlier))
        case .rtuOverTCP(let host, let port, _):
            return .rtu(link(try RTUPort(socket: try connect(to: host, port)), memory))
        case .serial(let line):
            let path = try memory.identity.path(for: line.path)
            let opener = SerialOpener(ports: environment.ports, stop: stop) { environment.logger.warning("\($0)") }
            let port = try opener.open(path, line.settings)
            memory.identity.remember(line.path)
            return .rtu(link(port, memory))
        }
    }

    private func connect(to host: String, _ port: Int) throws(BusFault) -> CInt {
        let connector = SocketConnector(names: environment.names, stop: stop, timeout: Self.connectTimeout)
        return try connector.connect(to: host, port: port)
    }

    private func link(_ port: consuming RTUPort, _ memory: BusMemory) -> RTULink {
        RTULink(port, time: address.lineTime, state: memory.line, stop: stop)
    }
}
