// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Logging
import Synchronization
import Testing

@testable import ModbusDriver

@Suite("Metrics", .timeLimit(.minutes(1)))
struct MetricsTests {
    /// Sums up what is counted, by name and dimensions.
    final class Sums: MetricsFactory, Sendable {
        final class Sum: CounterHandler, FloatingPointCounterHandler, RecorderHandler, Sendable {
            let value = Mutex(0.0)

            func increment(by amount: Int64) { value.withLock { $0 += Double(amount) } }
            func increment(by amount: Double) { value.withLock { $0 += amount } }
            func record(_ amount: Int64) { value.withLock { $0 += Double(amount) } }
            func record(_ amount: Double) { value.withLock { $0 += amount } }
            func reset() { value.withLock { $0 = 0 } }
        }

        private let sums = Mutex<[String: Sum]>([:])

        /// What was made so far; a sum is made once.
        var values: [String: Double] { sums.withLock { $0.mapValues { $0.value.withLock { $0 } } } }

        private func sum(_ label: String, _ dimensions: [(String, String)]) -> Sum {
            let key = ([label] + dimensions.filter { $0.0 != "bus" }.map { "\($0)=\($1)" }).joined(separator: " ")
            #expect(dimensions.first?.0 == "bus")
            return sums.withLock { sums in
                #expect(sums[key] == nil)
                let sum = Sum()
                sums[key] = sum
                return sum
            }
        }

        func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
            sum(label, dimensions)
        }

        func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler
        {
            sum(label, dimensions)
        }

        func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
            sum(label, dimensions)
        }

        func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
            NOOPMetricsHandler.instance
        }

        func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
            NOOPMetricsHandler.instance
        }

        func destroyCounter(_ handler: any CounterHandler) {}
        func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
        func destroyRecorder(_ handler: any RecorderHandler) {}
        func destroyMeter(_ handler: any MeterHandler) {}
        func destroyTimer(_ handler: any TimerHandler) {}
    }

    @Test("requests, refusals, silence, damage, repetitions, load: each is counted under its name")
    func counting() async throws {
        let device = try FaultyDevice(.rtuOverTCP) { _, request in
            switch request.address {
            case 1: .exception(2)
            case 2: .badChecksum
            case 3: .deaf(milliseconds: 1)
            default: .noiseBefore
            }
        }
        defer { device.stop() }
        let sums = Sums()
        let registry = BusRegistry(BusEnvironment(metrics: sums, logger: Logger(label: "test")))
        let bench = try BusBench(registry, device.address)
        for address in 0..<4 {
            var read = BusBench.read(7, address)
            read.retries = address == 2 ? 1 : 0
            _ = try? await bench.bus.perform(read)
        }
        let bus = bench.bus
        bench.end()
        await offPool { _ = bus.waitForEnd() }
        let values = sums.values
        #expect(values["modbus_transactions_total unit=7"] == 5)
        #expect(values["modbus_exceptions_total unit=7 code=2"] == 1)
        #expect(values["modbus_malformed_total unit=7"] == 2)
        #expect(values["modbus_retries_total unit=7"] == 1)
        #expect(values["modbus_timeouts_total unit=7"] == 1)
        #expect(values["modbus_reconnects_total"] == 0)
        #expect((values["modbus_round_trip_seconds unit=7"] ?? 0) > 0)
        #expect((values["modbus_bus_busy_seconds_total"] ?? 0) > 0.2)
        #expect((values["modbus_drained_bytes_total"] ?? 0) > 0)
    }
}
