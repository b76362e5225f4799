// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import FoundationEssentials
import Glibc
import MapperKit
import Testing

@testable import BluetoothDriver

/// Measures how long it takes to read one value from a peripheral that is not connected; run by
/// `mappers/bluetooth/Benchmarks/first-value`, which says where gatttool is.
@Suite("Time to the first value", .enabled(if: getenv("GATTTOOL") != nil, "is no test"), .timeLimit(.minutes(4)))
struct ComparisonVMTests {
    private static let rounds = 10

    /// The command lines that are compared, with what they have to print; `$PEER` is the peripheral and `$ADAPTER` the
    /// adapter, as `hci0`.
    private static let commands: [(name: String, line: String, value: String)] = [
        ("gatttool, from its start", "$GATTTOOL -i $ADAPTER -b $PEER -t random --char-read -u 2a19", "57"),
        ("bluetooth-mapper read, from its start", "$MAPPER read tag level --profile $PROFILE --json", "87"),
    ]

    private static let profile = "/tmp/comparison.yaml"

    @Test("ten times each")
    func compare() async throws {
        let peripheral = try SimulatorMake.peripheral()
        let kernel = try SimulatorKernel(around: [peripheral])
        setenv("PEER", "\(peripheral.address)", 1)
        setenv("ADAPTER", "hci\(kernel.index)", 1)
        setenv("PROFILE", Self.profile, 1)
        try Self.profile(of: peripheral, "hci\(kernel.index)").write(
            toFile: Self.profile,
            atomically: true,
            encoding: .utf8
        )
        var times: [(name: String, durations: [Duration])] = []
        for (name, line, value) in Self.commands {
            let durations = try await Self.measure(kernel) { #expect(Self.output(of: line).contains(value)) }
            times.append((name, durations))
        }
        let visitors: [(name: String, visitor: ConfigNode)] = [
            ("level", ["characteristicUUID": "2A19", "dataType": "uint8", "notify": "off"])
        ]
        let peer = Peer(address: peripheral.address, kind: peripheral.kind)
        let ours = try await Self.measure(kernel) {
            let link = try await L2CAPSocket.connect(
                to: peer.address,
                peer.kind,
                from: kernel.adapter,
                within: .seconds(10)
            )
            let bench = try await SessionBench(link, to: peer, visitors)
            #expect(try await bench.texts("level") == ["87"])
            await bench.session.close()
        }
        times.append(("the driver, in a process that runs", ours))
        print("| a value read | median | least | most |\n|---|---|---|---|")
        for (name, durations) in times {
            let cells = [durations[Self.rounds / 2], durations[0], durations[Self.rounds - 1]].map { duration in
                "\(duration / .milliseconds(1) < 1 ? 0 : Int(duration / .milliseconds(1))) ms"
            }
            print("| \(name) | \(cells.joined(separator: " | ")) |")
        }
    }

    private static func profile(of peripheral: SimulatedPeripheral, _ adapter: String) -> String {
        """
        apiVersion: devices.kubeedge.io/v1beta1
        kind: DeviceModel
        metadata: {name: tag}
        spec: {protocol: bluetooth, properties: [{name: level, type: INT, accessMode: ReadOnly}]}
        ---
        apiVersion: devices.kubeedge.io/v1beta1
        kind: Device
        metadata: {name: tag}
        spec:
          deviceModelRef: {name: tag}
          protocol:
            protocolName: bluetooth
            configData: {macAddress: "\(peripheral.address)", addressType: random, adapter: \(adapter)}
          properties:
            - name: level
              reportToCloud: true
              visitors:
                protocolName: bluetooth
                configData: {characteristicUUID: 2a19, dataType: uint8, notify: "off"}
        """
    }

    /// Does something again and again, each time on a link of its own; gives the times, shortest first.
    private static func measure(
        _ kernel: SimulatorKernel,
        _ body: () async throws -> Void
    ) async throws -> [Duration] {
        var durations: [Duration] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            try await body()
            durations.append(start.duration(to: .now))
            // The kernel keeps a link for two seconds. Device Disconnected.
            _ = try kernel.wait { $0.code == 0x000C }
        }
        return durations.sorted()
    }

    /// Runs a command line; gives what it prints.
    private static func output(of line: String) -> String {
        guard let pipe = popen(line, "r") else { return "" }
        defer { pclose(pipe) }
        var text: [UInt8] = []
        while case let octet = getc(pipe), octet >= 0 { text.append(UInt8(truncatingIfNeeded: octet)) }
        return String(decoding: text, as: UTF8.self)
    }
}
