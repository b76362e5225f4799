// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one open device.
///
/// MapperKit never calls it from two places at once.
/// Implement one of the two `read` methods: the batch where the protocol can fetch several values at once, else the
/// single one.
public protocol DeviceSession<VisitorConfig>: Sendable {
    /// How to reach a property.
    associatedtype VisitorConfig: Decodable & Sendable

    /// Reads several properties, in as few transactions as the protocol allows.
    ///
    /// - Returns: one result per visitor, in the order asked. A failure concerns its own property only.
    func read(_ visitors: [PropertyVisitor<VisitorConfig>]) async -> [Result<Sample, any Error>]

    /// Divides a reading into portions, each for one call of ``read(_:)-([PropertyVisitor<VisitorConfig>])``.
    ///
    /// Between two portions MapperKit writes what has become desired meanwhile, so that no command waits for a long
    /// reading to end. After a portion that nobody answered the others are not asked. A portion may also hold `others`
    /// where they cost the device nothing; they are then not asked for by themselves.
    /// - Parameters:
    ///   - due: The properties to read, each of which has to be in one portion.
    ///   - others: Properties that come due before those of `due` come due again.
    /// - Returns: the portions, in the order to read them in; one with everything unless the driver says otherwise.
    func portions(
        of due: [PropertyVisitor<VisitorConfig>],
        with others: [PropertyVisitor<VisitorConfig>]
    ) -> [[PropertyVisitor<VisitorConfig>]]

    /// Reads one property.
    /// - Throws: ``DeviceError``, or any error, which is kept as its cause.
    func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample

    /// Says that a command waits while a reading is under way.
    ///
    /// A session whose reading has not begun yet, because others are served first, lets it end now, with failures of
    /// code ``DeviceError/Code/cancelled``; it is asked for again after the command. Called from any thread, and the only
    /// method that may be called while another one runs.
    func giveWay()

    /// Writes one property; returns when the device has accepted it.
    ///
    /// The value is raw: the driver's transform has been undone already.
    /// - Throws: ``DeviceError``; ``ValueError`` when the device cannot represent the value, which is not retried.
    func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws

    /// Lets go of the device.
    func close() async
}

extension DeviceSession {
    /// Leaves what is due in one portion.
    public func portions(
        of due: [PropertyVisitor<VisitorConfig>],
        with others: [PropertyVisitor<VisitorConfig>]
    ) -> [[PropertyVisitor<VisitorConfig>]] {
        [due]
    }

    /// Reads one after the other.
    public func read(_ visitors: [PropertyVisitor<VisitorConfig>]) async -> [Result<Sample, any Error>] {
        var results: [Result<Sample, any Error>] = []
        for visitor in visitors {
            do {
                results.append(.success(try await read(visitor)))
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }

    /// Says that this driver cannot read.
    public func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
        throw DeviceError.readingNotImplemented
    }

    /// Lets the reading go on.
    public func giveWay() {}

    /// Says that this driver cannot write.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
        throw DeviceError.writingNotImplemented
    }

    /// Does nothing.
    public func close() async {}
}
