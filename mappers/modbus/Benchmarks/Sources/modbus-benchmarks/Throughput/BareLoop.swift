// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import CLibModbus
import Glibc

/// Is libmodbus alone, one request after the other: what the driver is compared with.
final class BareLoop {
    private let context: OpaquePointer
    private var registers = [UInt16](repeating: 0, count: 125)

    /// Connects.
    init(port: Int, unit: Int = 1) throws {
        guard let context = modbus_new_tcp("127.0.0.1", CInt(port)) else { throw BenchmarkFailure("no libmodbus") }
        self.context = context
        modbus_set_slave(context, CInt(unit))
        guard modbus_connect(context) == 0 else { throw BenchmarkFailure("libmodbus cannot connect to \(port)") }
    }

    deinit {
        modbus_close(context)
        modbus_free(context)
    }

    /// Reads holding registers from 0 on once; an exception is an answer, too.
    func read(_ count: Int) {
        modbus_read_registers(context, 0, CInt(count), &registers)
    }

    /// Transactions a second.
    func rate(reading count: Int, for time: Duration) -> Double {
        let (start, end) = (ContinuousClock.now, ContinuousClock.now + time)
        var transactions = 0
        while ContinuousClock.now < end {
            read(count)
            transactions += 1
        }
        return Double(transactions) / start.duration(to: .now).seconds
    }

    /// What one exchange of one register takes, in seconds, the median of many.
    static func roundTrip(port: Int) throws -> Double {
        let loop = try BareLoop(port: port)
        let times = (0..<2000).map { _ in
            let start = ContinuousClock.now
            loop.read(1)
            return start.duration(to: .now).seconds
        }
        return Distribution(times).median
    }
}
