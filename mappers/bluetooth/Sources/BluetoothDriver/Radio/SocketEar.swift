// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Hears what a simulator has advertised.
struct SocketEar: Ear {
    private let socket: PacketSocket

    /// Takes a socket on which reports come.
    init(
        _ descriptor: CInt,
        report: @escaping @Sendable ([UInt8]) -> Void,
        closed: @escaping @Sendable () -> Void
    ) {
        socket = PacketSocket(descriptor) { event in
            switch event {
            case .packet(let bytes): report(bytes)
            case .closed: closed()
            }
        }
        socket.start()
    }

    func disturb() {}
    func resume() {}
    func hold() {}
    func rearm() {}
    func stop() async { socket.close() }
}
