// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile

/// Knows all models and devices that EdgeCore has told of, and what became of them.
///
/// They may come in any order and more than once; what was known before is no news. A device runs as soon as it has a
/// model and nothing is wrong with it; a later definition that cannot be used leaves the one before running.
struct DeviceRegistry: Sendable {
    /// One device.
    struct Entry: Sendable {
        /// What EdgeCore said last.
        var message: DMIDevice
        /// The model it was checked with; kept when EdgeCore takes the model away before the device.
        var model: DMIDeviceModel?
        /// What runs; `nil` while there is no model or nothing usable was said.
        var instance: DeviceInstance?
        /// What was passed on as desired; `nil` before anything was.
        var desired: [String: String]?
        /// Everything found in what EdgeCore said last.
        var findings: [Diagnostic] = []
        /// Whether what EdgeCore said last cannot be used.
        var isRefused = false
        /// Tells it from an earlier device of the same identity.
        let generation: Int
        /// Whether it waits for its model.
        var isPending: Bool { model == nil }
    }

    /// What follows from a call.
    enum Effect: Sendable {
        /// What runs of a device is another than before.
        case device(DeviceID)
        /// Something is desired that was not.
        case desired(DeviceID, [String: DesiredValue])
        /// Something is not desired any more.
        case cleared(DeviceID, Set<String>)
        /// A device waits for its model.
        case pending(DeviceID, model: DeviceID)
        /// Something new is to be said about a device's definition.
        case findings(DeviceID, [Diagnostic], isRefused: Bool)
        /// What EdgeCore says of a device can be used, after something that could not.
        case corrected(DeviceID)
        /// A device is gone.
        case removed(DeviceID)
    }

    private let protocolName: String
    private let check: @Sendable (DeviceInstance) -> [Diagnostic]
    private(set) var models: [DeviceID: DMIDeviceModel] = [:]
    private(set) var entries: [DeviceID: Entry] = [:]
    private var effects: [Effect] = []
    private var generation = 0
    /// The devices that calls were about since the list was asked for; `nil` while none is.
    private var touched: Set<DeviceID>?
    /// The models that calls were about since then.
    private var touchedModels: Set<DeviceID> = []

    /// Creates an empty registry.
    /// - Parameters:
    ///   - protocolName: The driver's name of the protocol; EdgeCore sends devices of ours only.
    ///   - check: Finds what is wrong with a device for the driver.
    init(protocolName: String, check: @escaping @Sendable (DeviceInstance) -> [Diagnostic]) {
        self.protocolName = protocolName
        self.check = check
    }

    /// The devices that run.
    var profile: DeviceProfile {
        let instances = entries.values.compactMap(\.instance).sorted { $0.id < $1.id }
        return DeviceProfile(devices: instances)
    }

    /// Takes what follows from the calls since the last time.
    mutating func takeEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }

    // MARK: Calls

    /// Adds or replaces a model, and looks again at its devices.
    mutating func put(_ model: DMIDeviceModel) {
        touchedModels.insert(model.id)
        guard models.updateValue(model, forKey: model.id) != model else { return }
        for (id, entry) in entries where entry.message.modelID == model.id { settle(id) }
    }

    /// Takes a model away; its devices go on.
    mutating func removeModel(_ id: DeviceID) {
        touchedModels.insert(id)
        models[id] = nil
    }

    /// Adds or replaces a device.
    /// - Returns: its entry, to be answered from.
    @discardableResult
    mutating func put(_ device: DMIDevice) -> Entry? {
        let id = device.id
        touched?.insert(id)
        if entries[id]?.message == device, entries[id]?.isPending == false { return entries[id] }
        if entries[id] == nil {
            generation += 1
            entries[id] = Entry(message: device, generation: generation)
        }
        entries[id]?.message = device
        settle(id)
        return entries[id]
    }

    /// Takes a device away; one that is not there is gone already.
    mutating func removeDevice(_ id: DeviceID) {
        touched?.insert(id)
        remove(id)
    }

    // MARK: Lists

    /// Notes that EdgeCore is being asked for all devices: what calls say meanwhile is newer than its answer.
    mutating func listIsAsked() {
        touched = []
        touchedModels = []
    }

    /// Makes the devices those of a list; models can come more than once.
    mutating func replace(models: [DMIDeviceModel], devices: [DMIDevice]) {
        let newer = touched ?? []
        touched = nil
        let newerModels = touchedModels
        for model in models where !newerModels.contains(model.id) { put(model) }
        for device in devices where !newer.contains(device.id) { put(device) }
        let listed = Set(devices.map(\.id))
        for id in entries.keys where !listed.contains(id) && !newer.contains(id) { remove(id) }
    }

    // MARK: Looking at a device

    private mutating func remove(_ id: DeviceID) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        effects.append(.removed(id))
        // One that comes back soon must not find what was wanted of its predecessor.
        if let desired = entry.desired, !desired.isEmpty { effects.append(.cleared(id, Set(desired.keys))) }
    }

    private mutating func settle(_ id: DeviceID) {
        guard var entry = entries[id] else { return }
        defer { entries[id] = entry }
        guard let model = models[entry.message.modelID] ?? entry.modelOfItsReference else {
            effects.append(.pending(id, model: entry.message.modelID))
            return
        }
        entry.model = model
        let (instance, findings) = examine(entry.message, model)
        if findings != entry.findings || entry.isRefused != (instance == nil), !findings.isEmpty {
            effects.append(.findings(id, findings, isRefused: instance == nil))
        }
        if entry.isRefused, instance != nil { effects.append(.corrected(id)) }
        entry.findings = findings
        entry.isRefused = instance == nil
        guard var instance else { return takeBackDesired(of: &entry) }
        instance.generation = entry.generation
        let known = Set(entry.instance?.properties.map(\.name) ?? [])
        if entry.instance != instance { effects.append(.device(id)) }
        entry.instance = instance
        passOnDesired(of: &entry, known: known)
    }

    /// Passes on what a definition no longer wants that cannot be used otherwise.
    private mutating func takeBackDesired(of entry: inout Entry) {
        let wanted = entry.message.desired
        let gone = Set((entry.desired ?? [:]).keys.filter { wanted[$0] == nil })
        guard !gone.isEmpty else { return }
        for name in gone { entry.desired?[name] = nil }
        effects.append(.cleared(entry.message.id, gone))
    }

    /// Reads a device; `nil` with at least one error if it cannot be used.
    private func examine(
        _ device: DMIDevice,
        _ model: DMIDeviceModel
    ) -> (instance: DeviceInstance?, findings: [Diagnostic]) {
        let (tree, doubts) = ObjectTree.device(device, protocolName: protocolName)
        let examined = ProfileLoader().examine(objects: [ObjectTree.model(model), tree])
        var findings = doubts + examined.diagnostics
        guard let instance = examined.profile.device(device.id) else {
            return (nil, findings + [.error(at: nil, "device '\(device.id)' cannot be used")])
        }
        let complaints = check(instance)
        findings += complaints
        // A property too many is left out; a value of the configuration that was lost may have been any.
        return (doubts.containsErrors || complaints.containsErrors ? nil : instance, findings)
    }

    /// Passes on what is desired and was not.
    /// - Parameter known: The properties the device had before.
    private mutating func passOnDesired(of entry: inout Entry, known: Set<String>) {
        let id = entry.message.id
        let names = Set(entry.instance?.properties.map(\.name) ?? [])
        let wanted = entry.message.desired.filter { names.contains($0.key) }
        let before = entry.desired
        entry.desired = wanted
        let news = wanted.filter { before?[$0.key] != $0.value }
        if !news.isEmpty {
            // The first time EdgeCore may only be repeating what was done before this mapper, or this property, was there.
            let values = news.map { name, text in
                (name, DesiredValue(text, mayBeSettled: before == nil || !known.contains(name)))
            }
            effects.append(.desired(id, Dictionary(values) { first, _ in first }))
        }
        let gone = Set((before ?? [:]).keys).subtracting(wanted.keys)
        if !gone.isEmpty { effects.append(.cleared(id, gone)) }
    }
}

extension DeviceRegistry.Entry {
    /// The model the device had, if it still refers to it.
    fileprivate var modelOfItsReference: DMIDeviceModel? { model?.id == message.modelID ? model : nil }
}

extension DeviceRegistry.Effect {
    /// Whether other devices run than before.
    var concernsProfile: Bool {
        switch self {
        case .device, .removed: true
        case .desired, .cleared, .pending, .findings, .corrected: false
        }
    }
}
