// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import MapperKit

/// Reaches Bluetooth Low Energy devices through the kernel of this machine.
public struct BluetoothDriver: DeviceDriver {
    /// Where the keys of pairings are kept unless somebody says otherwise.
    public static let standardKeyFolder = "/var/lib/bluetooth-mapper"

    /// How long a connected device may take until it is known where its values are, pairing included; each single answer
    /// has a limit of its own.
    private static let preparationLimit = Duration.seconds(60)

    let radios: RadioRegistry
    let logger: Logger
    private let decoders = BeaconDecoders()
    let clock: any MapperClock

    /// Creates a driver that has not touched any adapter yet.
    /// - Parameters:
    ///   - logger: For what concerns an adapter, and no single device.
    ///   - keyFolder: Where the keys of pairings are kept, a file for each adapter.
    ///   - clock: Gives readings their time.
    public init(
        logger: Logger = Logger(label: "bluetooth"),
        keyFolder: String = standardKeyFolder,
        clock: any MapperClock = SystemClock()
    ) {
        self.logger = logger
        radios = RadioRegistry(keyFolder: keyFolder, clock: clock, logger: logger)
        self.clock = clock
    }

    /// `bluetooth`.
    public var protocolNames: [String] { ["bluetooth"] }

    /// Connects to a device, or begins listening to it.
    ///
    /// A device that only advertises is open as soon as it could be heard; whether it is there shows with the readings.
    /// - Throws: ``DeviceError`` when it, or the adapter, is not there.
    public func open(_ device: Device<BluetoothConnection, BluetoothVisitor>) async throws -> BluetoothSession {
        let radio = radios[device.config.adapter]
        guard device.config.mode == .connection else {
            return BluetoothSession(
                try await ListeningSession.open(device, over: radio, decoders: decoders, clock: clock)
            )
        }
        let link = try await radio.connect(to: WantedPeer(device.config), as: LinkTerms(device.config))
        let channel = ATTChannel(link.descriptor, ownMTU: device.config.mtu, clock: clock)
        let timer = Task { [clock] in
            guard (try? await clock.sleep(untilUptime: clock.uptime + Self.preparationLimit)) != nil else { return }
            channel.giveUp(after: Self.preparationLimit)
        }
        defer { timer.cancel() }
        do throws(DeviceError) {
            return BluetoothSession(try await ConnectedSession(channel, over: link, for: device, clock: clock))
        } catch {
            channel.close()
            link.end()
            throw error
        }
    }

    /// What the visitor's keys make of a raw number.
    public func transform(for visitor: BluetoothVisitor) -> ValueTransform { visitor.transform }

    /// The visitor's `deadband`.
    public func deadband(for visitor: BluetoothVisitor) -> Double { visitor.values.deadband }
}
