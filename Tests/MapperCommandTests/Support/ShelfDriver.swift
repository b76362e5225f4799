// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand
import MapperKit
import MapperTesting
import Synchronization

/// A protocol that has all there is beyond reading and writing: devices are found, and carry out methods their own way.
struct ShelfDriver: DeviceDiscovering {
    struct ProtocolConfig: Decodable, Sendable {
        var row: Int
        var label: String?
        var big: Int?
        var limits: [String: Double]?
    }

    struct VisitorConfig: Decodable, Sendable { var slot: Int }

    struct Session: MethodSession {
        let values: Values

        func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
            Sample(values.slots.withLock { $0[visitor.config.slot] ?? .int(0) })
        }

        func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
            values.slots.withLock { $0[visitor.config.slot] = value }
        }

        func call(
            _ method: DeviceMethod,
            with value: PropertyValue,
            on visitor: PropertyVisitor<VisitorConfig>
        ) async throws {
            if method.name == "jam" { throw DeviceError(.rejected, "the shelf is jammed") }
            // What a write would set, a call doubles.
            guard case .int(let number) = value else { throw ValueError(.typeMismatch, "only whole numbers") }
            values.slots.withLock { $0[visitor.config.slot] = .int(2 * number) }
        }
    }

    final class Values: Sendable {
        let slots = Mutex<[Int: PropertyValue]>([:])
    }

    /// How discovery goes.
    enum Search: Sendable { case finds, findsNothing, fails, blocks }

    /// Whether a search has begun that does not end.
    static let stuck = Watched(false)

    let protocolNames = ["shelf", "rack"]
    var search = Search.finds
    let values = Values()

    static var discoveryHelp: String { "Looks behind every shelf." }

    func open(_ device: BoundDevice) async throws -> Session { Session(values: values) }

    func discover(for time: Duration, found: @escaping @Sendable (DiscoveredDevice) -> Void) async throws {
        switch search {
        case .findsNothing: return
        case .fails: throw DeviceError(.unreachable, "the lights are off")
        case .finds, .blocks: break
        }
        found(DiscoveredDevice(name: "Left: shelf", summary: "not known yet", protocolConfig: ["row": 1]))
        found(Self.left)
        found(DiscoveredDevice(name: "left shelf", summary: "empty\n---\nkind: Evil", protocolConfig: ["row": 2]))
        // Whoever knows no end looks until there is no time left.
        if search == .blocks {
            Self.stuck.change { $0 = true }
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
        }
        try await Task.sleep(for: .seconds(3600))
    }

    private static var left: DiscoveredDevice {
        let range = ValueRange(minimum: .int(-5), maximum: .int(10))
        let count = DeviceModel.Property(
            name: "count",
            dataType: .int,
            accessMode: .readWrite,
            range: range,
            unit: "%",
            description: "how many: \"boxes\""
        )
        let more = ["level", "yes", "12", "a:b"].enumerated().map { slot, name in
            DiscoveredDevice.Property(
                DeviceModel.Property(name: name, dataType: DataType.allCases[slot + 1]),
                visitor: ["slot": .init(integerLiteral: Int64(slot + 2))]
            )
        }
        return DiscoveredDevice(
            name: "Left shelf",
            summary: "shelf with boxes",
            protocolConfig: [
                "row": 1, "label": "on: #1 \\ \"x\"", "big": 16_777_217, "limits": ["low": 0.5, "high": 1e9],
            ],
            properties: [DiscoveredDevice.Property(count, visitor: ["slot": 1])] + more
        )
    }
}

/// A mapper of shelves; what its driver finds depends on the program.
protocol ShelfProgram: MapperProgram where Driver == ShelfDriver {
    static var search: ShelfDriver.Search { get }
}

extension ShelfProgram {
    static var name: String { "shelf-mapper" }
    static func makeDriver(logger: Logger) -> ShelfDriver { ShelfDriver(search: search) }
}

enum ShelfMapper: ShelfProgram {
    static var search: ShelfDriver.Search { .finds }
}

enum EmptyShelfMapper: ShelfProgram {
    static var search: ShelfDriver.Search { .findsNothing }
}

enum DarkShelfMapper: ShelfProgram {
    static var search: ShelfDriver.Search { .fails }
}

enum StuckShelfMapper: ShelfProgram {
    static var search: ShelfDriver.Search { .blocks }
}

/// A mapper of two protocols.
enum PairMapper: MapperProgram {
    static let name = "pair-mapper"
    static func makeDriver(logger: Logger) -> CombinedDriver<TestDriver, ShelfDriver> {
        CombinedDriver(TestDriver(), ShelfDriver())
    }
}
