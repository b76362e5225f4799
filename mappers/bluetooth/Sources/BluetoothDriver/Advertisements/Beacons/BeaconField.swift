// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names what beacons tell: the one table of all field names, which visitors use and which therefore never change.
///
/// A second value of one name in one advertisement is called `temperature2`, a third `temperature3`, and so on.
enum BeaconField: String, CaseIterable, Hashable, Sendable {
    // MARK: Who the beacon is

    /// iBeacon: the UUID of its owner, as text.
    case uuid
    /// iBeacon: the number of its group.
    case major
    /// iBeacon: its number in the group.
    case minor
    /// iBeacon: its strength at 1 m distance, dBm.
    case measuredPower
    /// Eddystone: its strength at 0 m distance, dBm.
    case txPower
    /// Eddystone: the 10 bytes of its owner, as hexadecimal text.
    case namespace
    /// Eddystone: its 6 bytes in the namespace, as hexadecimal text.
    case instance
    /// Eddystone: its name of the moment, 8 bytes as hexadecimal text.
    case ephemeralID
    /// Eddystone: the web address.
    case url
    /// MiBeacon: the number of the product.
    case productID
    /// BTHome: the number of the kind of device.
    case deviceType
    /// BTHome: the version of the firmware, as text such as 4.2.1.0.
    case firmwareVersion

    // MARK: How it is

    /// The number of the packet, which starts again after 255; equal ones are repetitions.
    case packetID
    /// Eddystone: how many advertisements it sent since it started.
    case advertisementCount
    /// Eddystone: how long it runs, s.
    case uptime
    /// The state of its battery, %.
    case battery
    /// Whether its battery is low.
    case batteryLow
    /// Whether its battery is being charged.
    case batteryCharging
    /// Its voltage, V.
    case voltage
    /// pvvx: the bits of its inputs and outputs.
    case flags
    /// BTHome: the number of its settings.
    case settingsRevision
    /// Whether somebody meddles with it.
    case tamper
    /// Whether it has a problem.
    case problem
    /// How much is left of what it uses up, %.
    case consumable

    // MARK: What it measures

    /// Temperature, °C.
    case temperature
    /// Dew point, °C.
    case dewPoint
    /// Relative humidity of the air, %.
    case humidity
    /// Moisture of the soil or a material, %.
    case moisture
    /// Pressure of the air, hPa.
    case pressure
    /// Illuminance, lx.
    case illuminance
    /// Light in three steps: 0 dark, 1 twilight, 2 bright.
    case lightLevel
    /// Ultraviolet index.
    case uvIndex
    /// Carbon dioxide, ppm.
    case co2
    /// Volatile organic compounds, µg/m³.
    case tvoc
    /// Particles up to 2.5 µm, µg/m³.
    case pm25
    /// Particles up to 10 µm, µg/m³.
    case pm10
    /// Formaldehyde, mg/m³.
    case formaldehyde
    /// Electrical conductivity of the soil, µS/cm.
    case conductivity
    /// Mass, kg; BTHome 0x07: lb.
    case mass
    /// A number of things.
    case count
    /// The number of a channel.
    case channel
    /// Energy, kWh.
    case energy
    /// Power, W.
    case power
    /// Current, A.
    case current
    /// Volume, L; BTHome 0x48: mL.
    case volume
    /// Volume in store, L.
    case volumeStorage
    /// Flow, m³/h.
    case volumeFlowRate
    /// Gas, m³.
    case gas
    /// Water, L.
    case water
    /// Precipitation, mm.
    case precipitation
    /// Rotation, °.
    case rotation
    /// Direction, °.
    case direction
    /// Rotational speed, 1/min.
    case rotationalSpeed
    /// Distance, m; BTHome 0x40: mm.
    case distance
    /// Duration, s.
    case duration
    /// Speed, m/s.
    case speed
    /// Acceleration, m/s².
    case acceleration
    /// Angular velocity, °/s.
    case gyroscope
    /// A moment in s since 1970.
    case timestamp
    /// Text.
    case text
    /// Bytes that only the maker knows.
    case raw

    // MARK: What it notices

    /// A truth value without a meaning of its own.
    case generic
    /// Whether there is power.
    case powerOn
    /// Whether something is open.
    case opening
    /// Whether the door is open.
    case door
    /// What happened at the door: open, closed, left_open, knock, pried, stuck.
    case doorEvent
    /// Whether the garage door is open.
    case garageDoor
    /// Whether the window is open.
    case window
    /// Whether the lock is unlocked.
    case unlocked
    /// Whether there is carbon monoxide.
    case carbonMonoxide
    /// Whether there is gas.
    case gasDetected
    /// Whether there is smoke.
    case smoke
    /// Whether it is wet.
    case moistureDetected
    /// Whether it is cold.
    case cold
    /// Whether it is hot.
    case heat
    /// Whether there is light.
    case lightDetected
    /// Whether there is sound.
    case sound
    /// Whether something vibrates.
    case vibration
    /// Whether it is connected.
    case connectivity
    /// Whether it is plugged in.
    case plug
    /// Whether it runs.
    case running
    /// Whether it is safe.
    case safety
    /// Whether something moved in front of it.
    case motion
    /// For how long nothing moved, s.
    case idleTime
    /// Whether it is moved itself.
    case moving
    /// Whether the room is occupied.
    case occupancy
    /// Whether somebody is there.
    case presence
    /// Whether the switch is on.
    case switchOn
    /// What happened to a button: none, press, double_press, triple_press, long_press, and others of the format.
    case button
    /// MiBeacon: which button, from 0.
    case buttonIndex
    /// By how many steps a dimmer was turned; to the left is negative.
    case dimmer
    /// BTHome: off, on, toggle, step_up, step_down.
    case command
    /// BTHome: the bytes behind a command.
    case commandArguments
}

extension BeaconField {
    /// What the field is counted in where the format's table has no other unit; empty for none.
    var unit: String {
        switch self {
        case .measuredPower, .txPower: "dBm"
        case .uptime, .duration, .idleTime, .timestamp: "s"
        case .battery, .humidity, .moisture, .consumable: "%"
        case .voltage: "V"
        case .temperature, .dewPoint: "°C"
        case .pressure: "hPa"
        case .illuminance: "lx"
        case .co2: "ppm"
        case .tvoc, .pm25, .pm10: "µg/m³"
        case .formaldehyde: "mg/m³"
        case .conductivity: "µS/cm"
        case .mass: "kg"
        case .energy: "kWh"
        case .power: "W"
        case .current: "A"
        case .volume, .volumeStorage, .water: "L"
        case .volumeFlowRate: "m³/h"
        case .gas: "m³"
        case .precipitation: "mm"
        case .rotation, .direction: "°"
        case .rotationalSpeed: "1/min"
        case .distance: "m"
        case .speed: "m/s"
        case .acceleration: "m/s²"
        case .gyroscope: "°/s"
        default: ""
        }
    }
}
