// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting

/// Is one thing that a driver is broken by on purpose.
enum Flaw: String, CaseIterable, Sendable {
    case answersBackwards, leavesOutFailures, failsTogether, readsPastTheLimits, swallowsRefusals, writesReadOnly,
        ignoresCancellation, leaksDescriptors, leaksMemory, opensOnce, answersAfterClose, pushesAfterClose,
        losesPortions,
        breaksWhenAsked, fallsTogether, hangsInClose, takesOneAtATime, hasNoName, refusesAll, pushesStrangers,
        staysAway,
        inventsResults, hesitates, hangsInReading, hangsWhenAway

    /// The one rule that it breaks.
    var rule: ConformanceRule {
        switch self {
        case .answersBackwards: .order
        case .leavesOutFailures: .oneResultEach
        case .failsTogether: .ownFailures
        case .readsPastTheLimits: .valuesFit
        case .swallowsRefusals: .writes
        case .writesReadOnly: .readOnly
        case .ignoresCancellation: .cancellation
        case .leaksDescriptors: .descriptors
        case .leaksMemory: .memory
        case .opensOnce: .reopens
        case .answersAfterClose: .afterClose
        case .pushesAfterClose, .pushesStrangers: .pushes
        case .losesPortions: .portions
        case .breaksWhenAsked: .giveWay
        case .fallsTogether: .isolation
        case .hangsInClose: .close
        case .takesOneAtATime: .crowd
        case .hasNoName: .names
        case .refusesAll: .reads
        case .staysAway: .comesBack
        case .inventsResults: .emptyBatch
        case .hesitates: .opens
        case .hangsInReading: .returns
        case .hangsWhenAway: .loss
        }
    }
}
