// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc
import MapperKit

/// Is a place where simulated units are reached, open and ready to be served.
struct SimulatorEndpoint: Sendable {
    /// Where requests come from.
    enum Source: Sendable {
        /// A listening socket, for any number of clients.
        case listener(CInt)
        /// The server's end of a serial line. Of a pseudo terminal the other end is kept open, so that the server is
        /// not told of a hang-up whenever a client leaves.
        case terminal(CInt, kept: CInt?)
    }

    let source: Source
    /// What a client connects to: `tcp 127.0.0.1:1502`, `rtu /dev/pts/3`.
    let description: String
    /// How long bytes are made to take; none on real lines, which take their time by themselves.
    var lineTime = LineTime.none

    /// Whether requests come over a serial line.
    var isLine: Bool {
        if case .terminal = source { true } else { false }
    }

    /// Closes it, once no server uses it any more.
    func close() {
        switch source {
        case .listener(let socket): Glibc.close(socket)
        case .terminal(let terminal, let kept):
            Glibc.close(terminal)
            if let kept { Glibc.close(kept) }
        }
    }

    /// Listens on loopback.
    /// - Parameters:
    ///   - port: The port; 0 for any free one.
    ///   - name: How the transport is called.
    static func listener(port: Int, name: String = "tcp") throws(DeviceError) -> SimulatorEndpoint {
        guard let context = unsafe modbus_new_tcp("127.0.0.1", CInt(port)) else {
            throw failure("listen on 127.0.0.1:\(port)")
        }
        // The listening socket outlives the context, which only knows how to open it.
        defer { unsafe modbus_free(context) }
        let socket = unsafe modbus_tcp_listen(context, 1024)
        guard socket >= 0, fcntl(socket, F_SETFL, O_NONBLOCK) == 0 else {
            throw failure("listen on 127.0.0.1:\(port)")
        }
        let description = "\(name) 127.0.0.1:\(localPort(of: socket))"
        return SimulatorEndpoint(source: .listener(Descriptor.moveUp(socket)), description: description)
    }

    /// Opens a serial device that exists.
    static func serial(_ line: SerialLine, isPaced: Bool) throws(DeviceError) -> SimulatorEndpoint {
        let descriptor = unsafe open(line.path, O_RDWR | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0, modbus_terminal_make_raw(descriptor) == 0 else { throw failure("serve on \(line.path)") }
        return SimulatorEndpoint(
            source: .terminal(descriptor, kept: nil),
            description: "rtu \(line.path)",
            lineTime: isPaced && modbus_terminal_is_pseudo(descriptor) == 1 ? LineTime(line.settings) : .none
        )
    }

    /// Makes a pair of pseudo terminals and gives the name of the one for clients.
    static func pseudoTerminal(_ line: SerialLine, isPaced: Bool) throws(DeviceError) -> SimulatorEndpoint {
        var (server, client): (CInt, CInt) = (-1, -1)
        var name = [CChar](repeating: 0, count: 128)
        guard unsafe modbus_terminal_pair(&server, &client, &name, name.count) == 0,
            fcntl(server, F_SETFL, O_NONBLOCK) == 0
        else { throw failure("make a pseudo terminal") }
        let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return SimulatorEndpoint(
            source: .terminal(server, kept: client),
            description: "rtu \(path)",
            lineTime: isPaced ? LineTime(line.settings) : .none
        )
    }

    private static func failure(_ deed: String) -> DeviceError {
        let error = SystemError.last
        let hint =
            switch error.number {
            case EACCES: "; ports below 1024 need privileges, choose another with --port"
            case EADDRINUSE: "; choose another port with --port"
            default: ""
            }
        return DeviceError(.unreachable, "the simulator cannot \(deed): \(error)\(hint)", underlyingError: error)
    }

    private static func localPort(of socket: CInt) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe getsockname(socket, generic, &length)
            }
        }
        return status == 0 ? UInt16(bigEndian: address.sin_port) : 0
    }
}
