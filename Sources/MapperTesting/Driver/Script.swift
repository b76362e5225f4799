// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What a scripted device answers.
struct Script: Sendable {
    /// An error, and how many more times it comes; for ever when `nil`.
    struct Failure: Sendable {
        var error: any Error
        var times: Int?
    }

    var samples: [String: Sample] = [:]
    var openFailure: Failure?
    var readFailures: [String: Failure] = [:]
    var writeFailures: [String: Failure] = [:]
    /// Comes before what is scripted for single properties: nothing can be read or written.
    var failure: Failure?
    /// How many properties are read in one go; all when `nil`.
    var portionSize: Int?
    var takesOthers = false
    /// Whose readings wait until they are to give way.
    var queued: String?

    /// Whether a batch waits.
    func queues(_ properties: [String]) -> Bool {
        queued.map(properties.contains) ?? false
    }

    mutating func takeOpenFailure() throws {
        try Self.take(&openFailure)
    }

    mutating func read(_ property: String) throws -> Sample {
        try Self.take(&failure)
        try Self.take(&readFailures[property])
        guard let sample = samples[property] else {
            throw DeviceError(.rejected, "the test gave '\(property)' no value")
        }
        return sample
    }

    mutating func write(_ value: PropertyValue, to property: String) throws {
        try Self.take(&failure)
        try Self.take(&writeFailures[property])
        samples[property] = Sample(value)
    }

    private static func take(_ failure: inout Failure?) throws {
        guard let current = failure else { return }
        if let times = current.times {
            failure = times > 1 ? Failure(error: current.error, times: times - 1) : nil
        }
        throw current.error
    }
}
