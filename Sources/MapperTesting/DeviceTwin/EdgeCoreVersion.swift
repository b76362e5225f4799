// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A version of EdgeCore, and what its EventBus and DeviceTwin do differently from others.
///
/// Behaviour was recorded from v1.3.1, v1.12.0, v1.14.0 and v1.23.1. Where nothing else is known about the versions
/// between v1.3.1 and v1.12.0, those from v1.7.0 on are taken to be like the newer one.
public struct EdgeCoreVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let numbers: [Int]

    /// The newest of the generation that hands devices to mappers in a ConfigMap.
    public static let v1_14_0 = EdgeCoreVersion(1, 14, 0)

    /// Creates a version.
    public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        numbers = [major, minor, patch]
    }

    /// Reads `v1.12.0`, `1.12.0` or `v1.12`; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.drop { $0 == "v" }.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard (2...3).contains(parts.count), numbers.count == parts.count, numbers.allSatisfy({ $0 >= 0 }) else {
            return nil
        }
        self.init(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 0)
    }

    /// The form of the release tags: `v1.12.0`.
    public var description: String { "v" + numbers.map(String.init).joined(separator: ".") }

    /// Whether one version is before the other.
    public static func < (left: EdgeCoreVersion, right: EdgeCoreVersion) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }

    private func isAtLeast(_ minor: Int, _ patch: Int = 0) -> Bool {
        self >= EdgeCoreVersion(1, minor, patch)
    }

    /// Whether topics name a device by namespace and name.
    public var hasNamespacedTopics: Bool { isAtLeast(16, 2) }

    /// Whether it subscribes to `+/user/#`, and sends uploads on under their own names.
    var hasUserTopics: Bool { isAtLeast(6) }

    /// Whether error texts, type names and the delta are those of the newer recordings.
    var isRevised: Bool { isAtLeast(7) }

    /// Whether the first value of a known property is held against its type, too.
    var checksFirstValue: Bool { isAtLeast(14) }

    /// Whether devices are told apart from their status, and times are written in UTC as RFC 3339 has them.
    var isBeta: Bool { isAtLeast(15) }
}
