// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What the link knows about one device: whether EdgeCore knows it, its twin's types, what is desired, what waits.
struct DeviceChannel {
    /// How far the talk with EdgeCore about this device has come.
    enum Contact: Equatable {
        /// There is no subscription on this connection yet.
        case unsubscribed
        /// EdgeCore was asked for the twin and has not answered.
        case asked(since: Duration)
        /// EdgeCore knows the device.
        case known
        /// EdgeCore said that there is no such device.
        case unknown
        /// Nobody answers; a plain broker without EdgeCore, perhaps.
        case silent
    }

    /// How long to wait for EdgeCore before going on without it.
    static let patience = Duration.seconds(5)
    private static let firstPause = Duration.seconds(5)
    private static let longestPause = Duration.seconds(60)
    /// How many reports are remembered to explain an error by.
    private static let memory = 16

    var contact = Contact.unsubscribed
    var outbox = DeviceOutbox()
    var desired: DesiredValues
    /// When to ask for the twin again; `nil` for not.
    private(set) var nextQuestion: Duration?
    private var pause = firstPause
    private var lastQuestion: Duration?
    private var types: [String: String] = [:]
    private var declaredTypes: [String: String]
    private var refusals: [String: TwinText.Refusal] = [:]
    private var sentNames: [(eventID: String, names: Set<String>)] = []

    init(_ instance: DeviceInstance) {
        declaredTypes = Self.declaredTypes(of: instance)
        desired = DesiredValues(profile: Self.desiredTexts(of: instance))
    }

    /// Whether reports and states may go out.
    var canReport: Bool { contact == .known || contact == .silent }

    // MARK: Asking

    /// Starts over on a new connection.
    mutating func connectionCameBack() {
        contact = .unsubscribed
        nextQuestion = nil
        pause = Self.firstPause
        outbox.connectionCameBack()
        outbox.repeatAll()
    }

    /// Notes that a question goes out now.
    mutating func ask(at now: Duration) {
        if contact == .unsubscribed || contact == .known { contact = .asked(since: now) }
        lastQuestion = now
        nextQuestion = now + pause
        pause = min(pause * 2, Self.longestPause)
    }

    /// Whether to ask now that a silent EdgeCore was heard; when it was asked just now, the next question comes early.
    mutating func isWorthAsking(at now: Duration) -> Bool {
        guard contact == .silent else { return false }
        guard let lastQuestion, now - lastQuestion < Self.firstPause else { return true }
        let early = lastQuestion + Self.firstPause
        nextQuestion = min(nextQuestion ?? early, early)
        return false
    }

    /// Notes that EdgeCore answered.
    mutating func answered(_ contact: Contact, at now: Duration) {
        if contact == .known {
            // What was said while EdgeCore did not listen has to be said again.
            if self.contact == .silent || self.contact == .unknown { outbox.repeatAll() }
            nextQuestion = nil
            pause = Self.firstPause
        } else if self.contact != .unknown {
            pause = Self.firstPause
            nextQuestion = now + pause
        }
        self.contact = contact
    }

    /// Gives up waiting for EdgeCore if it is time; true when that happens now.
    mutating func losesPatience(at now: Duration) -> Bool {
        guard case .asked(let since) = contact, now - since >= Self.patience else { return false }
        contact = .silent
        return true
    }

    // MARK: Types and values

    /// Learns the types that EdgeCore has, those it takes back; others are left to the model.
    mutating func learnTypes(_ twins: [String: WireTwin]) {
        for (name, twin) in twins {
            if let type = twin.type, TwinRules.isAllowed(type: type) { types[name] = type }
        }
    }

    /// Forgets a twin that EdgeCore deleted.
    mutating func forgetTwin(_ name: String) { types[name] = nil }

    /// Takes the profile's new word about the device.
    mutating func update(_ instance: DeviceInstance) -> DesiredValues.Change {
        declaredTypes = Self.declaredTypes(of: instance)
        outbox.keep(only: Set(instance.properties.map(\.name)))
        return desired.profileChanged(to: Self.desiredTexts(of: instance))
    }

    /// Checks values before they are sent.
    /// - Returns: what EdgeCore will take, and what is refused for a reason not yet said.
    mutating func check(
        _ values: DeviceOutbox.Values
    ) -> (good: [String: TwinText], refused: [String: TwinText.Refusal]) {
        var good: [String: TwinText] = [:]
        var refused: [String: TwinText.Refusal] = [:]
        for (name, value) in values {
            let fallback = TwinRules.typeForNewTwin(declared: declaredTypes[name], dataType: value.dataType)
            do throws(TwinText.Refusal) {
                guard TwinCharacters.isName(name) else { throw .name }
                good[name] = try Self.text(of: value, twinType: types[name] ?? fallback)
                refusals[name] = nil
            } catch {
                if refusals.updateValue(error, forKey: name) != error { refused[name] = error }
            }
        }
        return (good, refused)
    }

    /// The value's text, or where the twin refuses that, the same value in our own words.
    private static func text(
        of value: TwinReport.Value,
        twinType: String
    ) throws(TwinText.Refusal) -> TwinText {
        do throws(TwinText.Refusal) {
            return try TwinText(value.text, twinType: twinType)
        } catch {
            guard let own = value.fallbackText, let text = try? TwinText(own, twinType: twinType) else { throw error }
            return text
        }
    }

    /// Remembers which properties a report carried.
    mutating func remember(_ eventID: String, _ names: Set<String>) {
        sentNames.append((eventID, names))
        if sentNames.count > Self.memory { sentNames.removeFirst() }
    }

    /// The properties that the report of an event id carried; `nil` for one that is not ours.
    func names(sentAs eventID: String) -> Set<String>? {
        sentNames.last { $0.eventID == eventID }?.names
    }

    private static func declaredTypes(of instance: DeviceInstance) -> [String: String] {
        Dictionary(instance.properties.compactMap { property in property.declaredTwinType.map { (property.name, $0) } })
        {
            $1
        }
    }

    private static func desiredTexts(of instance: DeviceInstance) -> [String: String] {
        Dictionary(instance.properties.compactMap { property in property.desired.map { (property.name, $0) } }) { $1 }
    }
}
