// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Brings the spellings of a host's name or address together.
enum HostName {
    /// Lower case, without the final dot of a full name; addresses in the system's own form.
    ///
    /// `localhost` and `127.0.0.1` stay two hosts: only a resolver could tell, and its answer may change.
    static func canonical(_ host: String) -> String {
        if let address = SocketAddress.numeric(host) { return address.text }
        let name = host.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}
