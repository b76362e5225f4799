// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks how one property is reached.
struct VisitorCheck {
    private let device: Device<BluetoothConnection, BluetoothVisitor>
    private let visitor: PropertyVisitor<BluetoothVisitor>

    init(device: Device<BluetoothConnection, BluetoothVisitor>, visitor: PropertyVisitor<BluetoothVisitor>) {
        self.device = device
        self.visitor = visitor
    }

    /// What is wrong, and what is doubtful.
    var findings: [Diagnostic] {
        let source = SourceCheck(visitor.config, visitor.property.model, mode: device.config.mode)
        var raw = source.rawForm
        var problems = source.problems
        if visitor.config.source.isOctets {
            do throws(VisitorProblem) {
                let codec = try ValueCodec(of: visitor.config, for: visitor.property.model)
                raw = codec.rawForm
                problems += mismatch(codec)
            } catch {
                problems.append(error)
            }
        }
        return problems.map { diagnostic(.error, $0) }
            + (source.doubts + dataWriteDoubts + noValueDoubts + strayDoubts).map { diagnostic(.warning, $0) }
            + ValueKeysCheck(visitor.config.values, of: visitor.property, device: device.id, raw: raw).findings
    }

    /// Bytes never become another type, and only bytes become bytes.
    private func mismatch(_ codec: ValueCodec) -> [VisitorProblem] {
        let type = visitor.property.model.dataType
        let isBytes = codec.rawForm.dataType == .bytes
        guard isBytes ? type != .bytes && type != .string : type == .bytes else { return [] }
        let key = visitor.config.dataConverter == nil ? "dataType" : "dataConverter"
        return [VisitorProblem(key, "the value is read as \(codec.rawForm.name), but the model says \(type.rawValue)")]
    }

    private var dataWriteDoubts: [VisitorProblem] {
        guard let dataWrite = visitor.config.dataWrite else { return [] }
        let type = visitor.property.model.dataType
        var doubts: [VisitorProblem] = []
        if visitor.property.model.accessMode == .readOnly, !codecNamesValues {
            doubts.append(VisitorProblem("dataWrite", "'dataWrite' has no effect, as the model says ReadOnly"))
        }
        for text in dataWrite.octets.keys.sorted() {
            if let value = try? PropertyValue(parsing: text, as: type) {
                guard value.text != text else { continue }
                let message = "'dataWrite' says '\(text)', which no desired value is: write it as '\(value.text)'"
                doubts.append(VisitorProblem("dataWrite", text, message: message))
            } else {
                let message = "'dataWrite' says '\(text)', which is no \(type.rawValue), as the model says"
                doubts.append(VisitorProblem("dataWrite", text, message: message + ": it is never written"))
            }
        }
        return doubts + ambiguities(of: dataWrite)
    }

    /// Texts that cannot be told apart when their bytes are read.
    private func ambiguities(of dataWrite: DataWrite) -> [VisitorProblem] {
        guard codecNamesValues else { return [] }
        return dataWrite.octets.sorted { $0.key < $1.key }.compactMap { text, octets in
            guard let first = dataWrite.text(of: octets), first != text else { return nil }
            let message = "'dataWrite' has the same bytes for '\(first)' and '\(text)': '\(first)' is what is read"
            return VisitorProblem("dataWrite", text, message: message)
        }
    }

    /// A marker such as 0x8000 also means the negative number it is read as, if it is known how long numbers are.
    private var noValueDoubts: [VisitorProblem] {
        let config = visitor.config
        let isOpen = config.dataType == nil && config.dataConverter == nil && config.bit == nil && config.length == nil
        guard isOpen, (visitor.property.model.range.minimum?.number ?? 0) < 0 else { return [] }
        return config.values.noValue.markers.compactMap { marker in
            guard case .int(let number) = marker,
                stride(from: 8, to: 64, by: 8).contains(where: { number >> ($0 - 1) == 1 })
            else { return nil }
            let message = "'noValue' has \(number), which may be read as a negative number: say 'dataType'"
            return VisitorProblem("noValue", message)
        }
    }

    private var codecNamesValues: Bool {
        (try? ValueCodec(of: visitor.config, for: visitor.property.model))?.namesValues ?? false
    }

    private var strayDoubts: [VisitorProblem] {
        BluetoothVisitor.strays(in: visitor.property.visitor).map { key, group in
            VisitorProblem(key, "'\(key)' stands beside '\(group)': taken as part of it, indent it by two spaces more")
        }
    }

    private func diagnostic(_ severity: Diagnostic.Severity, _ problem: VisitorProblem) -> Diagnostic {
        let place = problem.location(in: visitor.property.visitor)
        return Diagnostic(
            severity,
            at: place,
            "property '\(visitor.property.name)' of device '\(device.id)': \(problem.message)"
        )
    }
}
