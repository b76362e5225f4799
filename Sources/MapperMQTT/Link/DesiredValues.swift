// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Decides what is desired of one device, from what EdgeCore says and what the profile says.
///
/// EdgeCore's word wins. The profile's counts where EdgeCore wants nothing or does not answer; later only when it
/// changes, and then only if the text is not an echo: the file brings what EdgeCore said one or two minutes before.
struct DesiredValues {
    /// What to pass on.
    struct Change: Equatable {
        var desired: [String: DesiredValue] = [:]
        var cleared: Set<String> = []
    }

    /// How many texts of a property are remembered to recognise echoes.
    static let memory = 16

    private var profile: [String: String]
    private var isOffered = false
    private var edge: [String: String] = [:]
    private var recent: [String: [String]] = [:]

    /// Starts with what the profile wants, by property name.
    init(profile: [String: String]) {
        self.profile = profile
    }

    /// EdgeCore listed all twins of the device.
    mutating func answered(_ twins: [String: WireTwin]) -> Change {
        var change = Change()
        for (name, twin) in twins {
            guard let text = twin.desired else { continue }
            remember(text, of: name)
            // EdgeCore may be repeating what was wanted long ago; the device is asked before it is written to.
            change.desired[name] = DesiredValue(text, mayBeSettled: true)
        }
        change.cleared = clear(edge.keys.filter { change.desired[$0] == nil })
        change.desired.merge(offer()) { fromEdge, _ in fromEdge }
        return change
    }

    /// EdgeCore does not answer: there may be none.
    mutating func unanswered() -> Change { Change(desired: offer()) }

    /// EdgeCore said that reported values differ from these.
    mutating func differ(_ delta: [String: String]) -> Change {
        var change = Change()
        for (name, text) in delta where !text.isEmpty {
            remember(text, of: name)
            change.desired[name] = DesiredValue(text)
        }
        return change
    }

    /// EdgeCore said what twins are like after a change; `nil` for one that is gone.
    mutating func documented(_ twins: [String: WireTwin?]) -> Change {
        Change(cleared: clear(twins.filter { $0.value?.desired == nil }.map(\.key)))
    }

    /// The profile was replaced.
    mutating func profileChanged(to new: [String: String]) -> Change {
        let old = profile
        profile = new
        guard isOffered else { return Change() }
        var change = Change()
        for (name, text) in new where old[name] != text && recent[name]?.contains(text) != true {
            // A property that had no desired value before is compared with the device first.
            change.desired[name] = DesiredValue(text, mayBeSettled: old[name] == nil)
        }
        return change
    }

    /// The profile's values where EdgeCore never wanted anything, once.
    private mutating func offer() -> [String: DesiredValue] {
        guard !isOffered else { return [:] }
        isOffered = true
        return profile.filter { recent[$0.key] == nil }.mapValues { DesiredValue($0, mayBeSettled: true) }
    }

    private mutating func clear(_ names: [String]) -> Set<String> {
        Set(names.filter { edge.removeValue(forKey: $0) != nil })
    }

    private mutating func remember(_ text: String, of name: String) {
        edge[name] = text
        var texts = recent[name] ?? []
        texts.removeAll { $0 == text }
        texts.append(text)
        recent[name] = texts.suffix(Self.memory)
    }
}
