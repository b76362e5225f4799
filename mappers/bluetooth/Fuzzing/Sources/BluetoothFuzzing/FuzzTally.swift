// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
/// Counts what came of what a subject was fed with; where nothing is taken, or nothing refused, nothing was tried.
package struct FuzzTally: Hashable, Sendable {
    /// How often something was taken and gave a value.
    package var taken = 0
    /// How often something was refused.
    package var refused = 0

    /// Nothing yet.
    package init() {}

    /// Adds another count.
    package mutating func add(_ other: FuzzTally) {
        taken += other.taken
        refused += other.refused
    }

    /// Does something that may be refused; gives `nil` when it was.
    mutating func count<Value>(_ body: () throws -> Value) -> Value? {
        do {
            let value = try body()
            taken += 1
            return value
        } catch {
            refused += 1
            return nil
        }
    }
}
#endif
