// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ModbusDriver

/// The options that say how units are reached.
struct ScanWay: ParsableArguments {
    @Option(help: ArgumentHelp("Modbus TCP, at port 502 unless another is given.", valueName: "host[:port]"))
    var tcp: String?

    @Flag(help: "With --tcp: serial frames, as a serial device server passes them on.")
    var rtuOverTcp = false

    @Option(help: ArgumentHelp("Modbus RTU on a serial line.", valueName: "device"))
    var serial: String?

    @Option(help: ArgumentHelp("Bits a second on the line.", valueName: "n"))
    var baud = 9600

    @Option(help: ArgumentHelp("The line's parity.", valueName: "none|even|odd"), transform: Self.parity)
    var parity = Parity.none

    @Option(help: ArgumentHelp("Stop bits on the line, 1 or 2.", valueName: "n"))
    var stopBits = 1

    /// The connection that the options describe.
    /// - Throws: `ValidationError` when they describe none.
    func connection() throws -> ModbusConnection {
        var connection: ModbusConnection
        switch (tcp, serial) {
        case (nil, nil): throw ValidationError("say where to look, with --tcp or --serial")
        case (_?, _?): throw ValidationError("--tcp and --serial exclude each other")
        case (let place?, nil):
            let (host, port) = try Self.hostAndPort(place)
            connection = ModbusConnection(ip: host, port: port, slaveID: 1)
            connection.communicateMode = rtuOverTcp ? "RTUOverTCP" : "TCP"
            connection.baudRate = baud
            connection.parity = parity
        case (nil, let path?):
            guard !rtuOverTcp else { throw ValidationError("--rtu-over-tcp goes with --tcp") }
            connection = ModbusConnection(serialPort: path, baudRate: baud, parity: parity, slaveID: 1)
        }
        connection.stopBits = stopBits
        let mistakes = ScanPlan(connection).mistakes
        guard mistakes.isEmpty else { throw ValidationError(mistakes.joined(separator: "\n")) }
        return connection
    }

    private static func parity(_ text: String) throws -> Parity {
        guard let parity = Parity(rawValue: text.lowercased()) else {
            throw ValidationError("'\(text)' is no parity (none, even, odd are allowed)")
        }
        return parity
    }

    private static func hostAndPort(_ text: String) throws -> (String, Int) {
        var (host, port) = (text[...], text[...].suffix(0))
        if text.hasPrefix("["), let bracket = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<bracket]
            port = text[text.index(after: bracket)...]
        } else if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
            (host, port) = (text[..<colon], text[colon...])
        }
        if host.isEmpty { throw ValidationError("'\(text)' names no host") }
        if port.isEmpty { return (String(host), 502) }
        guard port.hasPrefix(":"), let number = Int(port.dropFirst()), (1...65535).contains(number) else {
            throw ValidationError("'\(text)' has no port that is allowed (1…65535)")
        }
        return (String(host), number)
    }
}
