// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// A driver that keeps no promise, as far as a device's configuration says so.
struct WaywardDriver: DeviceDriver {
    /// What it does wrong with a device; `none` counts how often it was read.
    enum Habit: String, CaseIterable, Decodable, Sendable {
        case none
        case blocksInOpen, blocksInRead, blocksInWrite
        case hangsInOpen, hangsInRead, hangsInWrite, hangsInClose
        case throwsForeignInOpen, throwsForeignInRead, throwsForeignInWrite
        case tooFewResults, tooManyResults, noResults
    }

    /// An error of a library that knows nothing of MapperKit.
    struct ForeignError: Error, CustomStringConvertible {
        var description: String { "libfoo: error 42" }
    }

    struct ProtocolConfig: Decodable, Sendable { var habit: Habit }

    struct VisitorConfig: Decodable, Sendable {}

    struct Session: DeviceSession {
        let habit: Habit
        let snag: Snag
        let record: Record

        func read(_ visitors: [PropertyVisitor<VisitorConfig>]) async -> [Result<Sample, any Error>] {
            switch habit {
            case .blocksInRead: snag.block()
            case .hangsInRead: await snag.hold()
            case .throwsForeignInRead: return visitors.map { _ in .failure(ForeignError()) }
            default: break
            }
            let results = visitors.map { visitor in
                Result<Sample, any Error>.success(Sample(record.next(visitor.property.name)))
            }
            switch habit {
            case .tooFewResults: return Array(results.dropLast())
            case .tooManyResults: return results + results.suffix(1)
            case .noResults: return []
            default: return results
            }
        }

        func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
            switch habit {
            case .blocksInWrite: snag.block()
            case .hangsInWrite: await snag.hold()
            case .throwsForeignInWrite: throw ForeignError()
            default: record.set(visitor.property.name, value)
            }
        }

        func close() async {
            if habit == .hangsInClose { await snag.hold() }
        }
    }

    /// What properties hold: what was written, else how often they were read.
    final class Record: Sendable {
        private let values = Mutex<[String: (count: Int64, written: PropertyValue?)]>([:])

        func next(_ property: String) -> PropertyValue {
            values.withLock { values in
                values[property, default: (0, nil)].count += 1
                return values[property]?.written ?? .int(values[property]?.count ?? 0)
            }
        }

        func set(_ property: String, _ value: PropertyValue) {
            values.withLock { $0[property, default: (0, nil)].written = value }
        }
    }

    let protocolNames = ["wayward"]
    /// Where it is stuck.
    let snag = Snag()

    func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session {
        switch device.config.habit {
        case .blocksInOpen: snag.block()
        case .hangsInOpen: await snag.hold()
        case .throwsForeignInOpen: throw ForeignError()
        default: break
        }
        return Session(habit: device.config.habit, snag: snag, record: Record())
    }
}
