// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks what a device says once for all its properties: bases, functions, ranges of addresses.
struct AddressCheck {
    private(set) var findings: [Diagnostic] = []
    private let device: Device<ModbusConnection, ModbusVisitor>
    private let config: ModbusConnection

    init(device: Device<ModbusConnection, ModbusVisitor>) {
        self.device = device
        config = device.config
    }

    mutating func run() {
        require("addressBase", config.defaults.addressBase, among: [0, 1])
        if let function = config.defaults.registerWriteFunction {
            require("registerWriteFunction", function, among: [6, 16])
        }
        if let function = config.defaults.coilWriteFunction { require("coilWriteFunction", function, among: [5, 15]) }
        for range in config.addresses.atomic { checkTogether(range) }
    }

    private mutating func checkTogether(_ range: AddressRange) {
        let layouts = SessionLayouts(device)
        let items = device.visitors.indices.compactMap(layouts.item)
            .filter { $0.table == range.table && $0.span.overlaps(range.span) }
        let name = "\(range.table.rawValue) \(range.first)-\(range.last)"
        guard let field = PlanField.fields(of: items, atomic: [range.span]).first else {
            let message = "device '\(device.id)': 'atomic' has \(name), where no property is"
            findings.append(.warning(at: device.location(of: "atomic"), message))
            return
        }
        let cap = config.rules.limits.cap(for: range.table)
        guard field.span.count > cap else { return }
        error(
            "atomic",
            "'atomic' has \(name), whose properties take \(field.span.count) addresses; one request reads \(cap)"
        )
    }

    private mutating func require(_ key: String, _ value: Int, among allowed: [Int]) {
        guard !allowed.contains(value) else { return }
        error(key, "'\(key)' is \(value) (\(allowed.map(String.init).joined(separator: ", ")) are allowed)")
    }

    private mutating func error(_ key: String, _ message: String) {
        findings.append(.error(at: device.location(of: key), "device '\(device.id)': \(message)"))
    }
}
