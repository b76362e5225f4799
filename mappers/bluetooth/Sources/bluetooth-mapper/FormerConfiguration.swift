// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension BluetoothMapper {
    /// Says what to write instead of the keys of KubeEdge's own Bluetooth mapper.
    static func explain(foreign configuration: ConfigNode) -> [Diagnostic] {
        FormerConfiguration(configuration).explanations
    }
}

/// Is a configuration file of KubeEdge's own Bluetooth mapper (v1.3.1), and what to write instead of its sections.
///
/// There actions, schedules and watchers say what is done with which property; here the device profile does.
struct FormerConfiguration {
    private let tree: ConfigNode
    private let actions: [FormerAction]

    init(_ tree: ConfigNode) {
        self.tree = tree
        actions = Self.list(tree["action-manager"]?["actions"]).map { FormerAction($0) }
    }

    /// What there is to say, section by section; nothing about a file that has none of them.
    var explanations: [Diagnostic] {
        mode + modelName + actionManager + scheduler + watcher
    }

    // MARK: Sections

    private var mode: [Diagnostic] {
        guard let mqtt = tree["mqtt"], let mode = mqtt.entries?.first(where: { $0.key == "mode" }) else { return [] }
        switch mode.value.content {
        case .int(0):
            let server = mqtt["internal-server"]?.string ?? "tcp://127.0.0.1:1884"
            let message =
                "'mode' 0 means the broker of 'internal-server': write 'server: \(server)' and remove both keys"
            return [.error(at: mode.keyLocation, message)]
        case .int(1):
            let message = "'mode' 1 has no effect, as the broker is always that of 'server': remove it"
            return [.warning(at: mode.keyLocation, message)]
        default: return []
        }
    }

    private var modelName: [Diagnostic] {
        section(
            "device-model-name",
            "each device of the profile names its model. Where a device was found by the name it advertises, write that "
                + "name as 'name' in its protocol section (protocol.bluetooth.name), or its address as 'macAddress'"
        )
    }

    private var actionManager: [Diagnostic] {
        let rule = "what is read and written are the properties of the device profile. Remove it"
        return section("action-manager", rule) + actions.compactMap(\.explanation)
    }

    private var scheduler: [Diagnostic] {
        let rule =
            "each property has a cycle of its own, 'collectCycle' in the Device. Remove it; what came on "
            + "$ke/device/bluetooth-mapper/<id>/scheduler/result is now in the twin, and on "
            + "$ke/events/device/<id>/data/update"
        let schedules = Self.list(tree["scheduler"]?["schedules"])
        return section("scheduler", rule) + schedules.compactMap(explanation(ofSchedule:))
    }

    private var watcher: [Diagnostic] {
        let rule =
            "the desired values of all ReadWrite properties are watched, written once when they change, and read back. "
            + "Remove it"
        let attributes = Self.list(tree["watcher"]?["device-twin-attributes"])
        return section("watcher", rule) + attributes.compactMap(explanation(ofAttribute:))
    }

    private func section(_ name: String, _ rule: String) -> [Diagnostic] {
        guard let entry = tree.entries?.first(where: { $0.key == name }) else { return [] }
        return [.error(at: entry.keyLocation, "'\(name)' has no effect here: \(rule)")]
    }

    // MARK: Entries

    private func explanation(ofSchedule schedule: ConfigNode) -> Diagnostic? {
        let names = Self.list(schedule["actions"]).compactMap(\.string)
        let properties = properties(of: names)
        guard !properties.isEmpty else { return nil }
        // That mapper took 0, and no interval at all, for this one.
        var interval = schedule["interval"].flatMap(Self.number) ?? 0
        if interval <= 0 { interval = 5000 }
        let nanoseconds = interval.multipliedReportingOverflow(by: 1_000_000)
        var message =
            "schedule '\(schedule["name"]?.string ?? "")': write 'collectCycle: \(interval)' for "
            + "\(Self.listed(properties)) in the Device, milliseconds"
        if !nanoseconds.overflow {
            message += " (\(nanoseconds.partialValue) in v1alpha1 and v1alpha2, which count nanoseconds)"
        }
        if names.count > 1 {
            message += "; it is from one reading to the next, not a pause after each of the \(names.count) actions"
        }
        if let limit = schedule["occurrence-limit"].flatMap(Self.number), limit > 0 {
            message += "; reading does not end after \(limit) times"
        }
        return .error(at: schedule.location, message)
    }

    private func explanation(ofAttribute attribute: ConfigNode) -> Diagnostic? {
        guard let property = attribute["device-property-name"]?.string else { return nil }
        let others = properties(of: Self.list(attribute["actions"]).compactMap(\.string)).filter { $0 != property }
        var message = "property '\(property)' is written when its desired value changes"
        if !others.isEmpty {
            message +=
                ", and nothing else with it: give \(Self.listed(others)) desired values too if they are to be written"
        }
        return .error(at: attribute.location, message)
    }

    /// The properties of some actions, each once, in their order; an action that is not there has none.
    private func properties(of names: [String]) -> [String] {
        let all = names.compactMap { name in actions.first { $0.name == name }?.property }
        return all.enumerated().filter { all.prefix($0.offset).contains($0.element) == false }.map(\.element)
    }

    // MARK: Forms

    private static func list(_ node: ConfigNode?) -> [ConfigNode] { node?.elements ?? [] }

    private static func number(_ node: ConfigNode) -> Int64? {
        if case .int(let number) = node.content { number } else { nil }
    }

    /// `property 'a'`, or `the properties 'a', 'b'`.
    private static func listed(_ properties: [String]) -> String {
        let names = properties.map { "'\($0)'" }.joined(separator: ", ")
        return properties.count == 1 ? "property \(names)" : "the properties \(names)"
    }
}
