// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperTesting
import Testing

@testable import BluetoothDriver

/// Is a driver with devices of one model, as a profile would have them.
struct DriverBench {
    typealias BoundDevice = Device<BluetoothConnection, BluetoothVisitor>

    let driver: BluetoothDriver
    let folder: String
    let adapter: String

    /// - Parameters:
    ///   - adapter: A name, an address, or the path of a simulator's socket.
    ///   - folder: Where keys are kept.
    init(_ adapter: String, folder: String) {
        self.adapter = adapter
        self.folder = folder
        var logger = Logger(label: "bluetooth")
        logger.logLevel = .debug
        driver = BluetoothDriver(logger: logger, keyFolder: folder)
    }

    /// A device with properties by name, all of them whole numbers.
    func instance(
        _ keys: [String: ConfigNode],
        _ properties: [String: ConfigNode],
        named name: String = "tag",
        cycle: Duration = .seconds(1)
    ) -> DeviceInstance {
        var config = keys
        config["adapter"] = config["adapter"] ?? ConfigNode(.string(adapter))
        return DeviceInstance(
            id: DeviceID(name),
            modelName: "m",
            protocolName: "bluetooth",
            protocolConfig: ConfigNode(.mapping(config.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })),
            properties: properties.sorted { $0.key < $1.key }.map { name, visitor in
                let model = DeviceModel.Property(name: name, dataType: .int, accessMode: .readWrite)
                return Property(model: model, visitor: visitor, collectCycle: cycle, reportCycle: .zero)
            }
        )
    }

    /// The same, in the driver's types.
    func device(
        _ keys: [String: ConfigNode],
        _ properties: [String: ConfigNode],
        named name: String = "tag"
    ) throws -> BoundDevice {
        let (device, findings) = DriverBinding(driver).bind(instance(keys, properties, named: name))
        return try #require(device, "\(findings)")
    }

    /// Runs a mapper of devices, as long as a test works on it.
    func run(_ devices: [DeviceInstance], on edge: CountingEdge, _ body: () async throws -> Void) async throws {
        let mapper = Mapper(driver: driver, link: edge, logger: Logger(label: "mapper"))
        edge.events.put(.profile(DeviceProfile(devices: devices)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await mapper.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    /// Opens a device, reads all of it, and closes it.
    func texts(of device: BoundDevice) async throws -> [String] {
        let session = try await driver.open(device)
        let texts = await Self.texts(session, device)
        await session.close()
        return texts
    }

    /// All values of an open device, failures as their text, in the order of the names.
    static func texts(_ session: BluetoothSession, _ device: BoundDevice) async -> [String] {
        await session.read(device.visitors).map { result in
            switch result {
            case .success(let sample): sample.value.text
            case .failure(let error): "\(error)"
            }
        }
    }
}
