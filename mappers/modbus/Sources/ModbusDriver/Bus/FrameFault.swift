// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Says what libmodbus's error numbers mean for a bus.
enum FrameFault {
    /// The fault behind an error while receiving, time-outs apart.
    static func fault(for error: SystemError) -> BusFault {
        error.number == modbus_errno_bad_data
            ? .malformed("an answer that is too long") : .disconnected(error.description)
    }

    /// Refuses descriptors that libmodbus cannot wait on: its `select` ends the process with them.
    static func checkLimit(of descriptor: CInt) throws(BusFault) {
        guard descriptor >= 1024 else { return }
        throw .unreachable("the process has too many files open (descriptor \(descriptor), libmodbus can use 1023)")
    }
}
