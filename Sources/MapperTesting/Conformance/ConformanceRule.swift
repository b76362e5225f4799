// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one thing that MapperKit relies on in every driver.
public enum ConformanceRule: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    /// There is a name under which KubeEdge's objects can ask for the driver.
    case names
    /// Every device of the profile is opened at the first attempt.
    case opens
    /// Calls return within the bound.
    case returns
    /// At least one property of each device is read.
    case reads
    /// A reading has as many results as visitors.
    case oneResultEach = "one-result-each"
    /// Each value goes to its own visitor.
    case order
    /// An empty batch is no problem.
    case emptyBatch = "empty-batch"
    /// A failure concerns its own property only.
    case ownFailures = "own-failures"
    /// Values are what the model says.
    case valuesFit = "values-fit"
    /// Portions hold what is due.
    case portions
    /// A reading can be asked to give way.
    case giveWay = "give-way"
    /// A write does what it says or throws.
    case writes
    /// What MapperKit never asks for, a write of a ReadOnly property, is not swallowed.
    case readOnly = "read-only"
    /// Calls of a cancelled task return.
    case cancellation
    /// Closing is quick, and doing it twice does no harm.
    case close
    /// A closed session gives nothing.
    case afterClose = "after-close"
    /// What a session pushes.
    case pushes
    /// A device can be opened again and again.
    case reopens
    /// Closing gives file descriptors back.
    case descriptors
    /// Closing gives memory back.
    case memory
    /// Many devices at once.
    case crowd
    /// A device that is away holds up no other.
    case isolation
    /// A device that goes away is noticed.
    case loss
    /// A device that comes back is used again.
    case comesBack = "comes-back"

    /// The name in tables and in what tests compare.
    public var id: String { rawValue }

    /// The sentence that says what is demanded.
    public var demand: String {
        switch self {
        case .names: "protocolNames has a name, and none that is empty"
        case .opens: "every device is opened at the first attempt"
        case .returns: "open, read and write return in time"
        case .reads: "at least one property of each device is read"
        case .oneResultEach: "a reading gives exactly one result for each visitor"
        case .order: "results come in the order asked, each value with its own visitor"
        case .emptyBatch: "reading nothing gives no results and does no harm"
        case .ownFailures: "in a batch only that fails which fails alone"
        case .valuesFit: "values have the model's type and lie within its limits"
        case .portions: "each due property is in exactly one portion, and no stranger in any"
        case .giveWay: "a reading that is to give way fails as cancelled or is whole, and the next one works"
        case .writes: "a write that returned is read back as the value; what cannot be written throws"
        case .readOnly: "writing a ReadOnly property throws, or is read back as the value"
        case .cancellation: "open, read and write return in time when their task is cancelled"
        case .close: "close returns in time, also the second time"
        case .afterClose: "after close, calls return in time and give no values"
        case .pushes: "what is pushed are values of the device's properties, and nothing after close"
        case .reopens: "a device that was closed can be opened and read again, many times"
        case .descriptors: "opening, reading and closing leaves no file descriptor behind"
        case .memory: "opening, reading and closing leaves no memory behind"
        case .crowd: "many devices at once are opened and read, each with its own values"
        case .isolation: "while one device is away, the others are opened and read in time"
        case .loss: "when the device is away, calls return in time, close included"
        case .comesBack: "a device that was away is opened and read again"
        }
    }

    /// The id.
    public var description: String { id }
}
