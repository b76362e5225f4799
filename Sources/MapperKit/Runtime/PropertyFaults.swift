// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Remembers which properties fail, so that only changes are logged.
struct PropertyFaults: Sendable {
    private var messages: [String: String] = [:]

    /// Notes a failure.
    /// - Returns: whether it is news: the property was well before, or failed for another reason.
    mutating func failed(_ property: String, _ message: String) -> Bool {
        guard messages[property] != message else { return false }
        messages[property] = message
        return true
    }

    /// Notes that a property is well.
    /// - Returns: whether it is news.
    mutating func recovered(_ property: String) -> Bool {
        messages.removeValue(forKey: property) != nil
    }
}
