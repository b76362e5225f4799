// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how a command ended, in the words of `sysexits.h` where they fit.
package enum CommandStatus: Int32, CaseIterable, Sendable {
    /// Everything asked for was done.
    case success = 0
    /// The answer is no: `validate` found errors, a device did not keep what `write` wrote, `discover` found nothing.
    case negative = 1
    /// The command line is wrong: an unknown option, device, method or property.
    case usage = 64
    /// The value to write is not one that the model or the device allows.
    case invalidValue = 65
    /// The device or the way to it could not be opened, or this mapper cannot do what was asked.
    case unavailable = 69
    /// Something went wrong that no setting explains.
    case internalError = 70
    /// The device was opened, but a property could not be read or written.
    case inputOutput = 74
    /// The configuration file, the environment or the profile has errors; nothing was started.
    case configuration = 78

    /// The line about it in the help text.
    var explanation: String {
        switch self {
        case .success: "done"
        case .negative: "validate: errors; write, call: the device says another value; discover: nothing found"
        case .usage: "wrong command line, unknown device, method or property"
        case .invalidValue: "write, call: the model or the device does not allow the value"
        case .unavailable: "the device could not be opened, or this mapper cannot do that"
        case .internalError: "internal error"
        case .inputOutput: "the device is there, but a property could not be read or written"
        case .configuration: "errors in configuration or profile; nothing was started"
        }
    }

    /// All of them, one a line, for the help text.
    static var table: String {
        allCases.map { status in
            let code = String(status.rawValue)
            return "  " + code + String(repeating: " ", count: 4 - code.count) + status.explanation
        }.joined(separator: "\n")
    }
}
