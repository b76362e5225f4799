// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Opens a device for one command, and always closes it.
struct OpenDevice<Driver: DeviceDriver> {
    typealias BoundDevice = DriverBinding<Driver>.BoundDevice
    typealias Visitor = PropertyVisitor<Driver.VisitorConfig>

    /// One property's value, or why there is none.
    struct Reading {
        var visitor: Visitor
        var acquiredAt: Timestamp
        var quality: Sample.Quality
        var value: Result<PropertyValue, any Error>
    }

    let driver: Driver
    let clock: any MapperClock

    /// Does something with the open device.
    /// - Throws: whatever kept it from being opened.
    func use<Outcome>(
        _ device: BoundDevice,
        _ body: (Driver.Session) async -> Outcome
    ) async throws -> Outcome {
        let session = try await driver.open(device)
        let outcome = await body(session)
        await session.close()
        return outcome
    }

    /// Reads properties in one batch, in the units and types of the device model.
    func read(_ visitors: [Visitor], from session: Driver.Session) async -> [Reading] {
        let answers = await session.read(visitors)
        let timestamp = clock.timestamp
        return visitors.enumerated().map { index, visitor in
            guard answers.count == visitors.count else {
                return Reading(
                    visitor: visitor,
                    acquiredAt: timestamp,
                    quality: .good,
                    value: .failure(DeviceError.wrongCount(answers.count, for: visitors.count))
                )
            }
            let sample = try? answers[index].get()
            return Reading(
                visitor: visitor,
                acquiredAt: sample?.acquiredAt ?? timestamp,
                quality: sample?.quality ?? .good,
                value: answers[index].flatMap { sample in Result { try driver.value(of: sample, for: visitor) } }
            )
        }
    }
}
