// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Opens a connection to a host.
///
/// Not libmodbus's way: that one cannot be interrupted, waits with `select`, which ends the process when too many
/// files are open, and gives a wrong reason when a connection fails.
struct SocketConnector {
    /// A host with more addresses than this is not asked on all of them.
    private static let addressLimit = 4

    let names: NameService
    let stop: StopSignal
    /// How long one address, or the resolver, may take.
    let timeout: Duration

    /// Connects to the first address of a host that takes the connection.
    /// - Returns: the socket, which belongs to the caller.
    func connect(to host: String, port: Int) throws(BusFault) -> CInt {
        var fault = BusFault.unreachable("\(host) has no address")
        let addresses = try names.addresses(of: host, within: timeout, orUntil: stop)
        for address in addresses.prefix(Self.addressLimit) {
            do throws(BusFault) {
                return try connect(to: address.with(port: port))
            } catch {
                if case .cancelled = error { throw error }
                fault = error
            }
        }
        throw fault
    }

    private func connect(to address: SocketAddress) throws(BusFault) -> CInt {
        let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(address.family, type, 0)
        guard number >= 0 else { throw .unreachable("\(SystemError.last)") }
        do throws(BusFault) {
            try finish(number, address)
        } catch {
            close(number)
            throw error
        }
        prepare(Descriptor(number: number))
        return number
    }

    private func finish(_ number: CInt, _ address: SocketAddress) throws(BusFault) {
        let status = unsafe address.bytes.withUnsafeBytes { bytes in
            unsafe Glibc.connect(
                number,
                bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(bytes.count)
            )
        }
        if status == 0 { return }
        let error = SystemError.last
        guard error.number == EINPROGRESS else { throw .unreachable("\(error)") }
        switch Descriptor(number: number).waitForConnection(atMost: timeout, orUntil: stop) {
        case .stopped: throw .cancelled
        case .nothing: throw .unreachable("no answer within \(timeout.milliseconds) ms")
        case .readable, .closed: break
        }
        var (outcome, length) = (CInt(0), socklen_t(MemoryLayout<CInt>.size))
        guard unsafe getsockopt(number, SOL_SOCKET, SO_ERROR, &outcome, &length) == 0, outcome == 0 else {
            throw .unreachable("\(SystemError(outcome))")
        }
    }

    /// Sends small messages at once, and lets the kernel notice a peer that went away without a word, within about half
    /// a minute.
    private func prepare(_ socket: Descriptor) {
        let tcp = CInt(IPPROTO_TCP)
        socket.set(TCP_NODELAY, of: tcp, to: CInt(1))
        socket.set(SO_KEEPALIVE, of: SOL_SOCKET, to: CInt(1))
        socket.set(TCP_KEEPIDLE, of: tcp, to: CInt(15))
        socket.set(TCP_KEEPINTVL, of: tcp, to: CInt(5))
        socket.set(TCP_KEEPCNT, of: tcp, to: CInt(3))
        socket.set(TCP_USER_TIMEOUT, of: tcp, to: CUnsignedInt(30_000))
    }
}
