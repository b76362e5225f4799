// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// An open scripted device.
public struct ScriptedSession: PushingSession {
    /// A property's visitor.
    public typealias VisitorConfig = ScriptedDriver.VisitorConfig

    private let device: ScriptedDevice

    init(_ device: ScriptedDevice) {
        self.device = device
    }

    /// Divides a batch as the script says.
    public func portions(
        of due: [PropertyVisitor<VisitorConfig>],
        with others: [PropertyVisitor<VisitorConfig>]
    ) -> [[PropertyVisitor<VisitorConfig>]] {
        let script = device.state.now.script
        guard let size = script.portionSize else { return [due] }
        var portions = stride(from: 0, to: due.count, by: size).map { Array(due[$0..<min($0 + size, due.count)]) }
        if script.takesOthers, let last = portions.popLast() { portions.append(last + others) }
        return portions
    }

    /// Reads what the script says, and records the batch.
    public func read(_ visitors: [PropertyVisitor<VisitorConfig>]) async -> [Result<Sample, any Error>] {
        await device.read(visitors.map(\.property.name))
    }

    /// Lets a reading that is queued fail, as it is to be asked for again.
    public func giveWay() {
        device.giveWay()
    }

    /// Writes, unless the script refuses; records it either way.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
        try await device.write(value, to: visitor.property.name)
    }

    /// Passes on what the test has the device say.
    public func push(to listener: @escaping @Sendable (DeviceNews) -> Void) {
        device.state.change { $0.listener = listener }
    }

    /// Records the end.
    public func close() async {
        await device.close()
    }
}
