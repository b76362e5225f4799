// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import MapperMQTT
import MapperKit
import Testing

@Suite struct DesiredValuesTests {
    private func twin(_ expected: String?, actual: String? = nil) -> WireTwin {
        WireTwin(
            expected: expected.map(WireTwin.Value.init),
            actual: actual.map(WireTwin.Value.init),
            metadata: .init(type: "string")
        )
    }

    private func settled(_ text: String) -> DesiredValue { DesiredValue(text, mayBeSettled: true) }

    @Test func takesWhatEdgeCoreWantsAndFillsUpFromTheProfile() {
        var desired = DesiredValues(profile: ["a": "file", "b": "file", "c": "file"])
        let change = desired.answered(["a": twin("edge"), "b": twin(""), "d": twin("on", actual: "on"), "e": twin(nil)])
        #expect(
            change.desired == ["a": settled("edge"), "b": settled("file"), "c": settled("file"), "d": settled("on")]
        )
        #expect(change.cleared.isEmpty)
    }

    @Test func goesByTheProfileWhenNobodyAnswersAndByEdgeCoreLater() {
        var desired = DesiredValues(profile: ["a": "file"])
        #expect(desired.unanswered().desired == ["a": settled("file")])
        #expect(desired.unanswered() == DesiredValues.Change())
        #expect(desired.answered(["a": twin("edge")]).desired == ["a": settled("edge")])
    }

    @Test func offersTheProfileOnce() {
        var desired = DesiredValues(profile: ["a": "file"])
        #expect(desired.answered([:]).desired == ["a": settled("file")])
        #expect(desired.answered([:]) == DesiredValues.Change())
    }

    @Test func aDeltaIsACommand() {
        var desired = DesiredValues(profile: ["a": "file"])
        #expect(desired.differ(["a": "1", "b": ""]).desired == ["a": DesiredValue("1")])
        // It came before the first answer, so the profile's older value is not wanted any more.
        #expect(desired.answered([:]).desired.isEmpty)
    }

    @Test func noticesThatNothingIsDesiredAnyMore() {
        var desired = DesiredValues(profile: [:])
        _ = desired.answered(["a": twin("1"), "b": twin("1"), "c": twin("1")])
        #expect(desired.documented(["a": twin(""), "b": nil, "c": twin("2"), "d": twin(nil)]).cleared == ["a", "b"])
        #expect(desired.documented(["a": twin("")]).cleared.isEmpty)
        #expect(desired.answered(["a": twin("")]).cleared == ["c"])
    }

    @Test func aReportDoesNotClearWhatTheProfileWants() {
        var desired = DesiredValues(profile: ["a": "file"])
        _ = desired.answered([:])
        #expect(desired.documented(["a": twin(nil, actual: "1")]).cleared.isEmpty)
    }

    @Test func aChangedProfileIsACommandUnlessItIsAnEcho() {
        var desired = DesiredValues(profile: ["a": "0", "b": "0"])
        _ = desired.answered([:])
        _ = desired.differ(["a": "1"])
        _ = desired.differ(["a": "2"])
        #expect(desired.profileChanged(to: ["a": "1", "b": "0"]) == DesiredValues.Change())
        #expect(desired.profileChanged(to: ["a": "2", "b": "0"]) == DesiredValues.Change())
        #expect(
            desired.profileChanged(to: ["a": "3", "b": "9"]).desired == [
                "a": DesiredValue("3"), "b": DesiredValue("9"),
            ]
        )
        #expect(desired.profileChanged(to: ["a": "3", "b": "9"]) == DesiredValues.Change())
        #expect(desired.profileChanged(to: ["a": "3", "b": "9", "c": "1"]).desired == ["c": settled("1")])
        #expect(desired.profileChanged(to: [:]) == DesiredValues.Change())
    }

    @Test func remembersOnlyTheLatestTexts() {
        var desired = DesiredValues(profile: [:])
        _ = desired.answered([:])
        for number in 0...DesiredValues.memory { _ = desired.differ(["a": "\(number)"]) }
        #expect(desired.profileChanged(to: ["a": "1"]).desired.isEmpty)
        #expect(desired.profileChanged(to: ["a": "0"]).desired == ["a": DesiredValue("0")])
    }

    @Test func aProfileThatChangesBeforeTheFirstAnswerIsOfferedThen() {
        var desired = DesiredValues(profile: ["a": "0"])
        #expect(desired.profileChanged(to: ["a": "1"]) == DesiredValues.Change())
        #expect(desired.answered([:]).desired == ["a": settled("1")])
    }
}
