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
        checkBase("forbidden", config.addresses.forbidden)
        checkBase("readable", config.addresses.readable)
        checkBase("atomic", config.addresses.atomic)
        // The same ranges, as they are written and as they are on the wire.
        for (written, range) in zip(config.addresses.atomic, config.rules.addresses.atomic) {
            checkTogether(range, "\(written.table.rawValue) \(written.first)-\(written.last)")
        }
        checkRivals()
    }

    /// Finds addresses before the first.
    private mutating func checkBase(_ key: String, _ ranges: [AddressRange]) {
        guard config.defaults.addressBase == 1, ranges.contains(where: { $0.first == 0 }) else { return }
        error(key, "'\(key)' has the address 0, but the first one is 1, as the device's 'addressBase' is 1")
    }

    /// Finds properties that would have to be read together with those of two ranges.
    private mutating func checkRivals() {
        let layouts = SessionLayouts(device)
        for (number, visitor) in device.visitors.enumerated() {
            guard let item = layouts.item(number) else { continue }
            let ranges = config.rules.addresses.atomic.filter {
                $0.table == item.table && $0.span.overlaps(item.span)
            }
            guard Set(ranges).count > 1 else { continue }
            error(
                "atomic",
                "'atomic' has \(ranges.count) ranges with property '\(visitor.property.name)': make them one"
            )
        }
    }

    private mutating func checkTogether(_ range: AddressRange, _ name: String) {
        let layouts = SessionLayouts(device)
        let items = device.visitors.indices.compactMap(layouts.item)
            .filter(range.holds)
        guard let field = PlanField.fields(of: items, atomic: [range.span]).first else {
            let message = "device '\(device.id)': 'atomic' has \(name), where no property is"
            findings.append(.warning(at: device.location(of: "atomic"), message))
            return
        }
        let gaps = ReadBlock(field.items)?.gaps ?? []
        if !gaps.allSatisfy({ config.rules.allows(gap: $0, in: range.table) }) {
            let message = "'atomic' has \(name), between whose properties are addresses that must not be read"
            error("atomic", "\(message): change it, 'forbidden' or 'readable'")
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
