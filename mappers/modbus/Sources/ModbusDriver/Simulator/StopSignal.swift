// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit

/// Tells any number of waiting threads to stop: a pipe that becomes readable and stays so.
final class StopSignal: Sendable {
    /// What the threads wait on.
    let descriptor: CInt
    private let writer: CInt

    init() throws(DeviceError) {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw DeviceError(.driverFailure, "no pipe: \(SystemError.last)") }
        (descriptor, writer) = (Descriptor.moveUp(ends[0]), Descriptor.moveUp(ends[1]))
    }

    deinit {
        close(descriptor)
        close(writer)
    }

    /// Stops the threads; may be called from anywhere, more than once.
    func raise() {
        let byte: [UInt8] = [0]
        _ = unsafe write(writer, byte, 1)
    }
}
