// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

/// Decodes and checks configurations as a driver would, without a radio.
struct VisitorBench: DeviceDriver {
    struct Session: DeviceSession {
        typealias VisitorConfig = BluetoothVisitor
    }

    var protocolNames: [String] { ["bluetooth"] }

    func open(_ device: Device<BluetoothConnection, BluetoothVisitor>) async throws -> Session { Session() }

    func check(_ device: Device<BluetoothConnection, BluetoothVisitor>) -> [Diagnostic] {
        var check = ConnectionCheck(device: device)
        check.run()
        return check.findings + device.visitors.flatMap { VisitorCheck(device: device, visitor: $0).findings }
    }

    func transform(for visitor: BluetoothVisitor) -> ValueTransform { visitor.transform }

    func deadband(for visitor: BluetoothVisitor) -> Double { visitor.values.deadband }

    static func property(
        _ type: DataType,
        _ visitor: ConfigNode,
        access: AccessMode = .readOnly,
        minimum: Int64? = nil
    ) -> Property {
        let range = ValueRange(minimum: minimum.map { .int($0) })
        let model = DeviceModel.Property(name: "p", dataType: type, accessMode: access, range: range)
        return Property(model: model, visitor: visitor)
    }

    static func findings(_ config: ConfigNode, _ properties: [Property] = []) -> [String] {
        let instance = DeviceInstance(
            id: DeviceID("tag"),
            modelName: "model",
            protocolName: "bluetooth",
            protocolConfig: config,
            properties: properties
        )
        return DriverBinding(VisitorBench()).bind(instance).diagnostics.map(\.description)
    }

    /// What is found in the visitor of one property.
    static func findings(_ property: Property, mode: ConfigNode = "connection") -> [String] {
        findings(["macAddress": "BC:6A:29:AE:CC:96", "mode": mode], [property]).map {
            $0.replacing("property 'p' of device 'tag': ", with: "")
        }
    }
}

/// A property with a visitor, from bytes to the twin's text and back.
struct VisitorPath {
    let visitor: PropertyVisitor<BluetoothVisitor>
    let codec: ValueCodec

    init(
        _ type: DataType,
        _ keys: [(String, ConfigNode)] = [],
        minimum: Int64? = nil,
        presentation: [UInt8]? = nil
    ) throws {
        let characteristic = ConfigNode.Entry("characteristicUUID", "2a6e")
        let node = ConfigNode(.mapping([characteristic] + keys.map { ConfigNode.Entry($0.0, $0.1) }))
        let property = VisitorBench.property(type, node, access: .readWrite, minimum: minimum)
        #expect(VisitorBench.findings(property) == [])
        let outcome = ConfigDecoder.decode(BluetoothVisitor.self, from: node, subject: "it")
        let config = try #require(outcome.value, "\(outcome.diagnostics)")
        visitor = PropertyVisitor(property: property, config: config)
        let format = presentation.flatMap { PresentationFormat($0) }
        codec = try ValueCodec(of: config, for: property.model, presentation: format)
    }

    /// What the twin gets.
    func read(_ octets: [UInt8]) throws -> String {
        try VisitorBench().value(of: Sample(try codec.value(of: octets)), for: visitor).text
    }

    /// What the device gets.
    func write(_ text: String, over current: [UInt8] = []) throws -> [UInt8] {
        let value = try PropertyValue(parsing: text, as: visitor.property.model.dataType)
        let raw = try VisitorBench().rawValue(of: value, for: visitor)
        let isAlone = current.isEmpty && visitor.config.dataConverter == nil
        if isAlone { #expect(!codec.needsCurrentOctets(toWrite: raw)) }
        return try codec.octets(of: raw, replacing: current)
    }

    /// The complaint about a value; `nil` when there is none.
    func refusal(_ text: String, over current: [UInt8] = []) -> String? {
        do {
            _ = try write(text, over: current)
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Why bytes are no value; `nil` when they are one.
    func refusal(_ octets: [UInt8]) -> String? {
        do {
            _ = try read(octets)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
