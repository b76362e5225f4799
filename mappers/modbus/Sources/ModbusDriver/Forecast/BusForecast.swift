// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is what the devices of a bus will take of its time.
package struct BusForecast: Sendable {
    /// What is assumed about units that were not measured.
    package struct Assumptions: Sendable {
        /// What a unit on a serial line takes to answer, in seconds.
        package var turnaround: Double
        /// What an exchange over a network takes, in seconds.
        package var roundTrip: Double

        /// Creates assumptions.
        package init(turnaround: Double = 0, roundTrip: Double = 0.001) {
            self.turnaround = turnaround
            self.roundTrip = roundTrip
        }
    }

    /// The bus as people write it, with the line's settings: `/dev/ttyS0 at 9600 8N1`.
    package var name: String
    /// Whether the time of frames is known, as on a serial line, and not only guessed.
    package var isLine: Bool
    /// What each request takes before it reads anything, and what one register takes, in seconds.
    package var perRequest: Double
    /// What one register takes, in seconds.
    package var perRegister: Double
    /// Its devices.
    package var devices: [DeviceForecast]

    /// The share of the bus's time that all devices take together; more than 1 cannot be.
    package var load: Double { devices.reduce(0) { $0 + $1.load } }

    /// The shortest cycle of all devices.
    package var shortestCycle: Duration? { devices.compactMap(\.cycles.first).min() }

    init(
        _ bus: BusAddress,
        _ devices: [Device<ModbusConnection, ModbusVisitor>],
        _ assumptions: Assumptions,
        _ memories: UnitMemories
    ) {
        isLine = bus.settings != nil
        name = bus.settings.map { "\(bus) at \($0)" } ?? "\(bus)"
        let cost =
            isLine
            ? LinkCost(bus.lineTime, turnaround: assumptions.turnaround)
            : LinkCost(perRequest: assumptions.roundTrip, perRegister: LinkCost.networkRegister)
        let known = devices.map { device in
            UInt8(exactly: device.config.slaveID).flatMap { memories.known($0, on: bus) }?.forecastSnapshot
        }
        let measured = known.compactMap(\.self).first { $0.isMeasured }?.cost ?? cost
        (perRequest, perRegister) = (measured.perRequest, measured.perRegister)
        let switchesUnits = Set(devices.map(\.config.slaveID)).count > 1
        self.devices = zip(devices, known).map { device, known in
            DeviceForecast(
                device,
                cost: known.flatMap { $0.isMeasured ? $0.cost : nil } ?? cost,
                knowledge: known?.knowledge ?? UnitKnowledge(),
                switchesUnits: switchesUnits
            )
        }
    }

    /// The sentence about a load that cannot be; `nil` for one that can.
    package var overload: String? {
        guard load > 1 else { return nil }
        let percent = Int((load * 100).rounded(.up))
        let need = "\(name): reading \(devices.count.counted("device")) needs \(percent) % of its time"
        guard let shortestCycle else { return need }
        let possible = (shortestCycle.inSeconds * load * 100).rounded(.up) / 100
        return need + "; with these properties the shortest possible cycle is \(PropertyValue.double(possible).text) s "
            + "instead of \(PropertyValue.double(shortestCycle.inSeconds).text) s, the others in proportion"
    }
}

extension Int {
    fileprivate func counted(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}
