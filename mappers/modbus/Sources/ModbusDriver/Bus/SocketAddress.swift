// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is the address of a host in numbers, as the system keeps it.
struct SocketAddress: Hashable, Sendable {
    /// The system's structure for it.
    private(set) var bytes: [UInt8]
    let family: CInt
    /// In numbers, as people read it.
    let text: String

    /// Reads an address in numbers, without any resolver; `nil` for names.
    static func numeric(_ text: String) -> SocketAddress? {
        try? resolve(text, flags: CInt(AI_NUMERICHOST)).get().first
    }

    /// Finds the addresses of a host; takes as long as the system's resolver does.
    static func resolve(_ host: String) -> Result<[SocketAddress], BusFault> {
        resolve(host, flags: CInt(AI_ADDRCONFIG))
    }

    private static func resolve(_ host: String, flags: CInt) -> Result<[SocketAddress], BusFault> {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, nil, &hints, &list)
        defer { if let list = unsafe list { unsafe freeaddrinfo(list) } }
        guard status == 0 else {
            let reason = unsafe String(cString: gai_strerror(status))
            return .failure(.unreachable("the name \(host) cannot be resolved: \(reason)"))
        }
        var addresses: [SocketAddress] = []
        var entry = unsafe list
        while let current = unsafe entry {
            if let address = unsafe SocketAddress(current.pointee) { addresses.append(address) }
            unsafe entry = unsafe current.pointee.ai_next
        }
        return .success(addresses)
    }

    private init?(_ info: addrinfo) {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = socklen_t(text.count)
        guard [AF_INET, AF_INET6].contains(unsafe info.ai_family), let address = unsafe info.ai_addr,
            unsafe getnameinfo(address, info.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        family = unsafe info.ai_family
        bytes = unsafe Array(UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))
        self.text = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The same host's address with a port.
    func with(port: Int) -> SocketAddress {
        var address = self
        // Both families keep the port in the third and fourth byte, most significant byte first.
        address.bytes[2] = UInt8(truncatingIfNeeded: port >> 8)
        address.bytes[3] = UInt8(truncatingIfNeeded: port)
        return address
    }
}
