// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Reads what the kernel says of the machine, below a root that can be another than `/`.
public struct SystemDriver: DeviceDriver {
    /// The keys of the protocol section.
    public struct ProtocolConfig: Decodable, Sendable {
        /// Where `proc` and `sys` are, and what paths of disks begin with: `/` unless it is given.
        ///
        /// In a container it is where the machine's root is mounted.
        var root: String?
    }

    /// The keys of a visitor.
    public struct VisitorConfig: Decodable, Sendable {
        var sensor: Sensor
        /// With `temperature`: the thermal zone's type, or its folder's name where types repeat.
        var zone: String?
        /// With the sensors of disks: any path on the disk; `/` unless it is given.
        var path: String?
    }

    /// What Device objects have as `protocolName`.
    public let protocolNames = ["system"]

    /// The root of the machine that discovery looks at.
    let root: String

    /// Creates a driver.
    public init() { self.init(root: "/") }

    init(root: String) { self.root = root }

    /// Begins to look at a machine.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> SystemSession {
        SystemSession(SystemFiles(root: device.config.root ?? "/"))
    }

    /// Finds keys that do not go together.
    public func check(_ device: Device<ProtocolConfig, VisitorConfig>) -> [Diagnostic] {
        device.visitors.flatMap { visitor in
            let (sensor, config) = (visitor.config.sensor, visitor.config)
            var findings = [("zone", config.zone), ("path", config.path)]
                .filter { key, value in value != nil && key != sensor.key }
                .map { key, _ in
                    Diagnostic.error(at: visitor.location(of: key), "'\(key)' does not go with '\(sensor.rawValue)'")
                }
            if sensor == .temperature, config.zone == nil {
                findings.append(.error(at: visitor.location(of: "sensor"), "'temperature' needs a 'zone'"))
            }
            return findings
        }
    }

    /// Two decimals are what the kernel gives of most, and more than the others mean.
    public func transform(for visitor: VisitorConfig) -> ValueTransform { Self.hundredths }

    private static let hundredths = ValueTransform(decimals: 2)
}
