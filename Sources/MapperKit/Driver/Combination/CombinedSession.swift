// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is an open device of one of two drivers.
///
/// What only some sessions can do, it does as far as the device's own session can: ``PushingSession`` and
/// ``MethodSession`` are of no effect beyond that.
public struct CombinedSession<First: DeviceSession, Second: DeviceSession>: DeviceSession {
    /// How to reach a property of either driver.
    public typealias VisitorConfig = CombinedConfig<First.VisitorConfig, Second.VisitorConfig>

    private enum Own: Sendable {
        case first(First)
        case second(Second)
    }

    private let own: Own

    init(first: First) { own = .first(first) }

    init(second: Second) { own = .second(second) }

    /// Reads properties, as the device's own session does.
    public func read(_ visitors: [PropertyVisitor<VisitorConfig>]) async -> [Result<Sample, any Error>] {
        switch own {
        case .first(let session): await session.read(visitors.compactMap { $0.first() })
        case .second(let session): await session.read(visitors.compactMap { $0.second() })
        }
    }

    /// Reads one property, as the device's own session does.
    /// - Throws: whatever that session throws.
    public func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
        switch own {
        case .first(let session): try await session.read(try Self.own(visitor.first()))
        case .second(let session): try await session.read(try Self.own(visitor.second()))
        }
    }

    /// Divides a reading, as the device's own session does.
    public func portions(
        of due: [PropertyVisitor<VisitorConfig>],
        with others: [PropertyVisitor<VisitorConfig>]
    ) -> [[PropertyVisitor<VisitorConfig>]] {
        switch own {
        case .first(let session):
            session.portions(of: due.compactMap { $0.first() }, with: others.compactMap { $0.first() }).map { portion in
                portion.map { PropertyVisitor(property: $0.property, config: .first($0.config)) }
            }
        case .second(let session):
            session.portions(of: due.compactMap { $0.second() }, with: others.compactMap { $0.second() })
                .map { portion in
                    portion.map { PropertyVisitor(property: $0.property, config: .second($0.config)) }
                }
        }
    }

    /// Passes on that a command waits.
    public func giveWay() {
        switch own {
        case .first(let session): session.giveWay()
        case .second(let session): session.giveWay()
        }
    }

    /// Writes one property, as the device's own session does.
    /// - Throws: whatever that session throws.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
        switch own {
        case .first(let session): try await session.write(value, to: try Self.own(visitor.first()))
        case .second(let session): try await session.write(value, to: try Self.own(visitor.second()))
        }
    }

    /// Lets go of the device.
    public func close() async {
        switch own {
        case .first(let session): await session.close()
        case .second(let session): await session.close()
        }
    }

    private static func own<Visitor>(_ visitor: Visitor?) throws(DeviceError) -> Visitor {
        guard let visitor else { throw DeviceError(.unsupported, "the property belongs to a device of another driver") }
        return visitor
    }
}

extension CombinedSession: PushingSession {
    /// Tells the device's own session who takes what the device says by itself, if it is one that does.
    public func push(to listener: @escaping @Sendable (DeviceNews) -> Void) {
        switch own {
        case .first(let session): (session as? any PushingSession)?.push(to: listener)
        case .second(let session): (session as? any PushingSession)?.push(to: listener)
        }
    }
}

extension CombinedSession: MethodSession {
    /// Calls a method, as the device's own session does; for one that knows no methods it is a write of the property.
    /// - Throws: whatever that session throws.
    public func call(
        _ method: DeviceMethod,
        with value: PropertyValue,
        on visitor: PropertyVisitor<VisitorConfig>
    ) async throws {
        switch own {
        case .first(let session): try await session.carryOut(method, with: value, on: try Self.own(visitor.first()))
        case .second(let session): try await session.carryOut(method, with: value, on: try Self.own(visitor.second()))
        }
    }
}
