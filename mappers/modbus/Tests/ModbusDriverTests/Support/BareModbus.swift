// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

@testable import ModbusDriver

/// Does what is usually done with libmodbus: the library's own calls in a loop.
enum BareModbus {
    enum OnError: String, Sendable {
        case nothing
        case flush
        case reconnect
    }

    /// Reads as ``BusBench`` does, one unit only.
    static func readMany(_ address: BusAddress, _ count: Int, onError: OnError) async -> BusBench.Tally {
        await offPool {
            var tally = BusBench.Tally()
            guard let context = open(address) else { return tally }
            defer { shut(context) }
            for number in 0..<count {
                let (unit, address) = BusBench.place(number, isMixed: false)
                var values = [UInt16](repeating: 0, count: 2)
                let start = ContinuousClock.now
                let status = modbus_read_registers(context, Int32(address), 2, &values)
                tally.note(status == 2 ? values : nil, BusBench.expected(unit, address), since: start)
                guard status < 0 else { continue }
                switch onError {
                case .nothing: break
                case .flush: modbus_flush(context)
                case .reconnect:
                    modbus_close(context)
                    modbus_connect(context)
                }
            }
            return tally
        }
    }

    /// Writes a register; false when the library says it failed.
    static func write(_ address: BusAddress, _ register: Int, _ value: UInt16) async -> Bool {
        await offPool {
            guard let context = open(address) else { return false }
            defer { shut(context) }
            return modbus_write_register(context, Int32(register), value) == 1
        }
    }

    private static func open(_ address: BusAddress) -> OpaquePointer? {
        let context: OpaquePointer?
        switch address {
        case .tcp(let host, let port): context = modbus_new_tcp(host, Int32(port))
        case .serial(let line):
            context = modbus_new_rtu(line.path, Int32(line.settings.baudRate), CChar(bitPattern: 0x4E), 8, 1)
        case .rtuOverTCP: context = nil
        }
        guard let context else { return nil }
        modbus_set_slave(context, 1)
        modbus_set_response_timeout(context, 0, UInt32(BusBench.timeout.microseconds))
        guard modbus_connect(context) == 0 else {
            modbus_free(context)
            return nil
        }
        return context
    }

    private static func shut(_ context: OpaquePointer) {
        modbus_close(context)
        modbus_free(context)
    }
}

/// Runs blocking code beside the tests' tasks.
func offPool<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        do {
            try DedicatedThread.start { continuation.resume(returning: body()) }
        } catch {
            fatalError("\(error)")
        }
    }
}
