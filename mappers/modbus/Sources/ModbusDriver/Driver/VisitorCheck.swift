// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks how one property is reached.
struct VisitorCheck {
    private let device: Device<ModbusConnection, ModbusVisitor>
    private let visitor: PropertyVisitor<ModbusVisitor>
    private let defaults: DeviceDefaults

    init(
        device: Device<ModbusConnection, ModbusVisitor>,
        visitor: PropertyVisitor<ModbusVisitor>,
        defaults: DeviceDefaults = DeviceDefaults()
    ) {
        self.device = device
        self.visitor = visitor
        self.defaults = defaults
    }

    /// What is wrong, and what is doubtful.
    var findings: [Diagnostic] {
        var findings = orderFindings
        var raw: RawForm?
        do throws(LayoutProblem) {
            let layout = try RegisterLayout(of: visitor.config, for: visitor.property.model, defaults: defaults)
            findings += findingsAboutType(layout) + findingsAboutSize(layout) + findingsAboutWriting(layout)
            raw = layout.rawForm
        } catch {
            findings.append(self.error(error.key, error.message))
        }
        return findings
            + ValueKeysCheck(visitor.config.values, of: visitor.property, device: device.id, raw: raw).findings
    }

    private var orderFindings: [Diagnostic] {
        guard visitor.config.byteOrder != nil, visitor.config.isSwap || visitor.config.isRegisterSwap else { return [] }
        return [error("byteOrder", "'byteOrder' stands beside 'isSwap' or 'isRegisterSwap': keep one or the other")]
    }

    private func findingsAboutType(_ layout: RegisterLayout) -> [Diagnostic] {
        let type = visitor.property.model.dataType
        let fits =
            switch layout.form {
            case .text: type == .string
            case .bytes: type == .bytes
            case .integer, .byte, .bitField, .decimal, .float16, .float32, .float64: type != .bytes
            case .truth, .registerBit, .bit, .packedBits: type != .bytes
            }
        guard !fits else { return [] }
        let key = visitor.config.dataType == nil ? "register" : "dataType"
        return [error(key, "\(layout.table.plural) read as \(layout.form), but the model says \(type.rawValue)")]
    }

    private func findingsAboutSize(_ layout: RegisterLayout) -> [Diagnostic] {
        let isBits = layout.table.holdsBits
        let cap = isBits ? device.config.maxBitsPerRequest : device.config.maxRegistersPerRequest
        guard layout.span.count > cap else { return [] }
        let key = isBits ? "maxBitsPerRequest" : "maxRegistersPerRequest"
        let message = "the value takes \(layout.span.count) \(layout.table.plural), but '\(key)' is \(cap)"
        return [error("limit", message + ", and a value is never read in pieces")]
    }

    private func findingsAboutWriting(_ layout: RegisterLayout) -> [Diagnostic] {
        guard visitor.property.model.accessMode == .readWrite else { return [] }
        guard layout.table.isWritable else {
            let message = "the model says ReadWrite, but \(layout.table.plural) cannot be written"
            return [.warning(at: visitor.location(of: "register"), "\(subject): \(message)")]
        }
        let cap = layout.table.holdsBits ? 1968 : 123
        guard layout.span.count > cap else { return [] }
        return [
            error(
                "limit",
                "a ReadWrite value takes at most \(cap) \(layout.table.plural), this one \(layout.span.count)"
            )
        ]
    }

    private var subject: String { "property '\(visitor.property.name)' of device '\(device.id)'" }

    private func error(_ key: String, _ message: String) -> Diagnostic {
        .error(at: visitor.location(of: key), "\(subject): \(message)")
    }
}
