// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
public import MapperKit

extension BluetoothDriver: DeviceDiscovering {
    /// The permissions, and who is left out.
    public static var discoveryHelp: String {
        """
        Listens with the first adapter that can do Low Energy, and asks the kernel for names; nothing is connected to. \
        That needs CAP_NET_ADMIN and CAP_NET_RAW. What beacons tell becomes properties; what a device holds that takes \
        connections `explore` finds out. Devices without a name whose address changes all the time are left out; `scan` \
        lists them.
        """
    }

    /// Listens to who advertises, for the whole time.
    /// - Throws: an error that says why no scan is possible.
    public func discover(for time: Duration, found: @escaping @Sendable (DiscoveredDevice) -> Void) async throws {
        let scan = PeripheralScan(adapter: nil, clock: clock)
        try await scan.run(for: time)
        let report = scan.report
        for peripheral in report.peripherals {
            if let device = peripheral.discovered(by: report.adapter) { found(device) }
        }
        for shortfall in report.shortfalls { logger.warning("\(shortfall)") }
    }
}
