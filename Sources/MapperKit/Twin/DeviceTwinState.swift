// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// The twin of one device: its properties' desired and reported sides.
struct DeviceTwinState: Sendable {
    private(set) var properties: [String: PropertyTwin]

    /// Starts with nothing known.
    /// - Parameter deadbands: By property, by how much a number must differ to be reported again.
    init(_ instance: DeviceInstance, deadbands: [String: Double] = [:]) {
        properties = Dictionary(
            instance.properties.map { ($0.name, PropertyTwin($0, deadband: deadbands[$0.name] ?? 0)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    subscript(name: String) -> PropertyTwin? {
        get { properties[name] }
        set { properties[name] = newValue }
    }

    /// Takes a newer description of the device; properties that remain keep what is known of them.
    /// - Parameters:
    ///   - instance: The newer description.
    ///   - deadbands: By property, by how much a number must differ to be reported again.
    ///   - isElsewhere: Whether the device is reached in another way than before.
    ///   - now: The uptime.
    /// - Returns: desired values that the newer description refuses.
    mutating func update(
        _ instance: DeviceInstance,
        deadbands: [String: Double] = [:],
        isElsewhere: Bool = false,
        now: Duration
    ) -> [(name: String, error: ValueError)] {
        var kept: [String: PropertyTwin] = [:]
        var refusals: [(String, ValueError)] = []
        for property in instance.properties {
            let deadband = deadbands[property.name] ?? 0
            guard var twin = properties[property.name] else {
                kept[property.name] = PropertyTwin(property, deadband: deadband)
                continue
            }
            twin.deadband = deadband
            if case .refused(let error) = twin.update(property, isElsewhere: isElsewhere, now: now) {
                refusals.append((property.name, error))
            }
            kept[property.name] = twin
        }
        properties = kept
        return refusals
    }

    /// The names of properties whose desired value wants something done now, in a fixed order.
    func steps(now: Duration) -> [String] {
        properties.filter { $0.value.step(now: now) != nil }.keys.sorted()
    }

    /// Takes the values that have to be reported now.
    mutating func takeReports(now: Duration, refresh: Duration) -> [String: TwinReport.Value] {
        var values: [String: TwinReport.Value] = [:]
        for (name, twin) in properties {
            guard let due = twin.reportUptime(refresh: refresh), due <= now else { continue }
            values[name] = properties[name]?.report(now: now)
        }
        return values
    }

    /// The next moment at which a write or a held report is due; `nil` when only readings bring news.
    func nextUptime(refresh: Duration) -> Duration? {
        properties.values.flatMap { twin -> [Duration] in
            let report = twin.holdsChange ? twin.reportUptime(refresh: refresh) : nil
            return [twin.nextStepUptime, report].compactMap(\.self)
        }.min()
    }
}
