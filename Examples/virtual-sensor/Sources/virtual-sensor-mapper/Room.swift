// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A room that is computed: a heater with a thermostat, a fan, and the weather outside.
///
/// Time passes in steps of one second however it is asked for, so the same time always leads to the same room.
struct Room: Sendable {
    /// How long the room takes to lose 63 % of its warmth, in seconds, with the fan off and on.
    private static let (still, blown) = (3600.0, 600.0)
    /// How much warmer the heater makes the room in an hour if nothing is lost, in kelvins.
    private static let heating = 30.0
    private static let humidityAtStart = 50.0

    /// The temperature outside, in degrees Celsius.
    let outside: Double
    /// The temperature inside, in degrees Celsius.
    private(set) var temperature: Double
    /// The temperature to heat to, in degrees Celsius.
    var setpoint = 20.0
    /// Whether air from outside is blown in.
    var isFanOn = false
    /// The pressure of the water in the air, in hectopascals; it stays what it was.
    private let vapour: Double
    private var secondsPassed = 0

    init(start: Double, outside: Double) {
        self.outside = outside
        temperature = start
        vapour = Self.saturation(at: start) * Self.humidityAtStart / 100
    }

    /// Whether the heater is on.
    var isHeating: Bool { temperature < setpoint }

    /// The relative humidity, in percent: warm air holds more water.
    var humidity: Double { min(100, 100 * vapour / Self.saturation(at: temperature)) }

    /// Lets time pass until so many seconds have passed since the beginning.
    mutating func pass(toSecond second: Int) {
        while secondsPassed < second {
            secondsPassed += 1
            let life = isFanOn ? Self.blown : Self.still
            // Where loss and heating are equal.
            let end = outside + (isHeating ? Self.heating / 3600 * life : 0)
            temperature = end + (temperature - end) * exp(-1 / life)
        }
    }

    /// The most that the pressure of water in air can be, in hectopascals (the formula of Magnus).
    private static func saturation(at temperature: Double) -> Double {
        6.112 * exp(17.62 * temperature / (243.12 + temperature))
    }
}
