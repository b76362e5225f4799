// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads devices that count.
struct CountingDriver: DeviceDriver {
    /// Is when the device counts, as texts: DMI has no numbers with enough digits.
    struct ProtocolConfig: Decodable, Sendable {
        var start: String
        var step: String
        var last: String
    }

    struct VisitorConfig: Decodable, Sendable {
        /// The property's number among those of all devices.
        var number: Int
    }

    /// Is a device's session.
    struct Session: DeviceSession {
        let counter: Counter

        func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
            Sample(.int(CountedValue(number: visitor.config.number, count: counter.count(at: Uptime.now)).code))
        }
    }

    let protocolNames = [CountingField.protocolName]

    func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session {
        let config = device.config
        guard let start = Double(config.start), let step = Double(config.step), let last = Int(config.last) else {
            throw DeviceError(.unsupported, "'start', 'step' and 'last' are numbers")
        }
        return Session(counter: Counter(start: start, step: step, last: last))
    }
}
