// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks how a device is reached.
struct ConnectionCheck {
    /// What fits into the system's address of a Unix socket.
    private static let longestPath = 107

    private(set) var findings: [Diagnostic] = []
    private let device: Device<BluetoothConnection, BluetoothVisitor>
    private let config: BluetoothConnection

    init(device: Device<BluetoothConnection, BluetoothVisitor>) {
        self.device = device
        config = device.config
    }

    mutating func run() {
        checkIdentity()
        checkAdapter()
        require("connectTimeout", config.connectTimeout, in: 100...120_000, unit: " ms")
        require("responseTimeout", config.responseTimeout, in: 1...30_000, unit: " ms")
        require("presenceTimeout", config.presenceTimeout, in: 1000...86_400_000, unit: " ms")
        require("mtu", config.mtu, in: 23...517)
        checkSecurity()
        checkMode()
    }

    private mutating func checkIdentity() {
        if config.macAddress == nil, config.name == nil, config.service == nil {
            error("macAddress", "none of 'macAddress', 'name', 'service' is given: one of them is needed")
        }
        if let address = config.macAddress, Set(address.bytes) == [0x00] || Set(address.bytes) == [0xFF] {
            error("macAddress", "'macAddress' is \(address), which no device has")
        }
        if let name = config.name, name.utf8.count > 248 {
            error("name", "'name' has \(name.utf8.count) bytes, allowed is 1…248")
        }
        if let name = config.name, name.utf8.contains(0) {
            error("name", "'name' has a zero byte, at which the name of a device ends")
        }
        guard let kind = config.addressType else { return }
        guard let address = config.macAddress else {
            return warning("addressType", "'addressType' has no effect without 'macAddress'")
        }
        if kind == .random, address.isPrivateIfRandom {
            let message = "'macAddress' \(address) is a random address that the device changes every few minutes"
            warning("macAddress", message + ": name the device by 'name' or 'service'")
        }
    }

    private mutating func checkAdapter() {
        let adapter = config.adapter
        if adapter.hasPrefix("/"), adapter.utf8.count > Self.longestPath {
            let length = "'adapter' is a path of \(adapter.utf8.count) bytes"
            return error("adapter", "\(length), allowed for a socket is 1…\(Self.longestPath)")
        }
        let number = adapter.dropFirst(3)
        let isName = adapter.hasPrefix("hci") && UInt16(number).map(String.init) == String(number)
        guard !isName, BluetoothAddress(adapter) == nil, !adapter.hasPrefix("/") else { return }
        let needed = "needed is the name of a radio such as hci0, its address, or the path of a simulator's socket"
        error("adapter", "'adapter' is '\(adapter)', \(needed)")
    }

    private mutating func checkSecurity() {
        if let passkey = config.passkey {
            require("passkey", passkey, in: 0...999_999)
            if config.security == SecurityDemand.none {
                error("passkey", "'passkey' stands beside 'security' none, which never pairs: keep one or the other")
            }
        } else if config.security == .authenticated {
            warning(
                "security",
                "'security' is authenticated without a 'passkey': only a key that is there already serves"
            )
        }
    }

    private mutating func checkMode() {
        guard config.mode == .advertisement else { return }
        let idle = [("security", config.security != nil), ("passkey", config.passkey != nil)]
        for (key, isGiven) in idle where isGiven {
            warning(key, "'\(key)' has no effect, as 'mode' is advertisement and the device is never connected")
        }
    }

    private mutating func require(_ key: String, _ value: Int, in range: ClosedRange<Int>, unit: String = "") {
        guard !range.contains(value) else { return }
        error(key, "'\(key)' is \(value), allowed is \(range.lowerBound)…\(range.upperBound)\(unit)")
    }

    private mutating func error(_ key: String, _ message: String) {
        findings.append(.error(at: device.location(of: key), "device '\(device.id)': \(message)"))
    }

    private mutating func warning(_ key: String, _ message: String) {
        findings.append(.warning(at: device.location(of: key), "device '\(device.id)': \(message)"))
    }
}
