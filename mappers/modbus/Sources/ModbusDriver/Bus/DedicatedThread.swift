// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import MapperKit

/// Runs blocking code on a thread of its own, away from the tasks of the program.
enum DedicatedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Enough for the resolver of the C library, little enough for hundreds of buses.
    private static let stackSize = 512 * 1024

    /// Starts a thread that ends when the body returns.
    ///
    /// Signals are left to the program's other threads.
    static func start(_ run: @escaping @Sendable () -> Void) throws(DeviceError) {
        let body = unsafe Unmanaged.passRetained(Body(run))
        let status = unsafe modbus_thread_start(
            { body in
                if let body = unsafe body { unsafe Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
                return nil
            },
            body.toOpaque(),
            stackSize
        )
        guard status != 0 else { return }
        unsafe body.release()
        throw DeviceError(.driverFailure, "no thread could be started for a bus: \(SystemError(status))")
    }
}
