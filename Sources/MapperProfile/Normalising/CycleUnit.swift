// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Knows what the numbers of `collectCycle` and `reportCycle` mean.
///
/// They changed their meaning by a million between versions, and samples of each version use the other's numbers; so a
/// number that makes no sense in its own unit is read in the other one, and said.
enum CycleUnit {
    /// v1alpha2: `time.Duration(value)` in the Go mappers.
    case nanoseconds
    /// v1beta1, from mapper-framework v1.17.2 on.
    case milliseconds

    /// The cycle of a key: the default when it is missing or 0, `nil` when it is -1.
    func cycle(_ key: String, in section: Section) -> Duration? {
        guard let node = section[key] else { return Property.defaultCycle }
        guard let value = Self.wholeNumber(node) else {
            section.error(at: node.location, "'\(key)' must be a whole number of \(name), not \(node.described)")
            return Property.defaultCycle
        }
        switch value {
        case 0: return Property.defaultCycle
        case -1: return nil
        case ..<0:
            section.error(
                at: node.location,
                "'\(key)' is \(value): it must be positive, 0 for the default of 1 s, or -1"
            )
            return Property.defaultCycle
        default: return duration(value, of: key, at: node.location, in: section)
        }
    }

    private var name: String {
        switch self {
        case .nanoseconds: "nanoseconds"
        case .milliseconds: "milliseconds"
        }
    }

    private func duration(
        _ value: Int64,
        of key: String,
        at location: SourceLocation?,
        in section: Section
    ) -> Duration {
        switch self {
        case .nanoseconds where value < 1_000_000:
            section.warning(
                at: location,
                "'\(key)' is \(value): as nanoseconds, KubeEdge's unit here, that is less than 1 ms, so it is taken as \(value) ms; write \(value)000000 for that"
            )
            return .milliseconds(value)
        case .milliseconds where value >= 1_000_000_000:
            section.warning(
                at: location,
                "'\(key)' is \(value): as milliseconds, KubeEdge's unit here, that is \(value / 86_400_000) days, so it is taken as nanoseconds, \(value / 1_000_000) ms; write \(value / 1_000_000) for that"
            )
            return .nanoseconds(value)
        default:
            let duration: Duration = self == .nanoseconds ? .nanoseconds(value) : .milliseconds(value)
            if duration < .milliseconds(10) {
                section.warning(
                    at: location,
                    "'\(key)' is \(duration): devices and EdgeCore hardly follow cycles under 10 ms"
                )
            }
            return duration
        }
    }

    private static func wholeNumber(_ node: ConfigNode) -> Int64? {
        switch node.content {
        case .int(let value): value
        case .double(let value): Int64(exactly: value)
        case .string(let text): Int64(text)
        case .null, .boolean, .sequence, .mapping: nil
        }
    }
}
