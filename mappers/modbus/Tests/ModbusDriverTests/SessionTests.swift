// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Reading and writing over TCP", .timeLimit(.minutes(1)))
struct SessionTests {
    private func session(_ server: FaultyServer, _ properties: [Property]) async throws -> (ModbusDevice, ModbusSession)
    {
        let device = try Make.device(Make.tcp(server.port, unit: 3, timeout: 300), properties)
        let session = try await ModbusDriver().open(device)
        server.forget()
        return (device, session)
    }

    @Test("neighbours come in one request, results in the order asked")
    func order() async throws {
        let server = try FaultyServer()
        let coils = [40, 41].map {
            Make.property("c\($0)", .boolean, ["register": "CoilRegister", "offset": ConfigNode(.int($0))])
        }
        let (device, session) = try await session(
            server,
            Make.words(at: [102, 100, 101]) + coils
                + Make.words("InputRegister", at: [100]).map { property in
                    var property = property
                    property.model.name = "input"
                    return property
                }
        )
        #expect(texts(await session.read(device.visitors)) == ["1102", "1100", "1101", "false", "true", "1100"])
        #expect(server.requests.map(\.short).sorted() == ["1@40+2", "3@100+3", "4@100+1"])
        #expect(server.requests.allSatisfy { $0.unit == 3 })
        await session.close()
    }

    @Test("opening asks for one register, and a refusal is an answer")
    func greeting() async throws {
        let server = try FaultyServer { _ in .exception(2) }
        let device = try Make.device(
            Make.tcp(server.port),
            [Make.property("t", .double, ["register": "InputRegister", "offset": 8])]
        )
        let session = try await ModbusDriver().open(device)
        #expect(server.requests.map(\.short) == ["4@8+1"])
        #expect(
            texts(await session.read(device.visitors)) == [
                "illegal data address (exception 2): input registers 8…11 of unit 1 on 127.0.0.1:\(server.port)"
            ]
        )
        await session.close()
    }

    @Test("a gateway that cannot reach the unit is no answer")
    func gateway() async throws {
        let server = try FaultyServer { _ in .exception(11) }
        let device = try Make.device(Make.tcp(server.port), Make.words(at: [1]))
        let error = await #expect(throws: DeviceError.self) { try await ModbusDriver().open(device) }
        #expect(error?.code == .unreachable)
    }

    @Test("one illegal register among twenty: nineteen values in the same cycle, then without detours")
    func illegalRegister() async throws {
        let server = try FaultyServer { request in
            (request.address..<request.address + request.count).contains(107) ? .exception(2) : .normal
        }
        let (device, session) = try await session(server, Make.words(at: Array(100..<120)))
        for round in 0..<2 {
            let results = await session.read(device.visitors)
            let good = results.compactMap { try? $0.get().value }
            #expect(good.count == 19)
            #expect(texts(results)[7].hasPrefix("illegal data address (exception 2): holding register 107 of unit 3"))
            if round == 0 { server.forget() }
        }
        #expect(server.requests.map(\.short) == ["3@100+7", "3@108+12"])
        await session.close()
    }

    @Test("a gap that cannot be read costs nothing but the gap, and is remembered")
    func illegalGap() async throws {
        let server = try FaultyServer { request in
            (request.address..<request.address + request.count).contains(12) ? .exception(2) : .normal
        }
        let (device, session) = try await session(server, Make.words(at: [10, 11, 13, 14]))
        #expect(texts(await session.read(device.visitors)) == ["1010", "1011", "1013", "1014"])
        #expect(server.requests.map(\.short) == ["3@10+5", "3@10+2", "3@13+2"])
        // Once may be chance.
        _ = await session.read(device.visitors)
        server.forget()
        #expect(texts(await session.read(device.visitors)) == ["1010", "1011", "1013", "1014"])
        #expect(server.requests.map(\.short) == ["3@10+2", "3@13+2"])
        await session.close()
    }

    @Test("a reading gives way to a command as long as it waits for the bus, and not when it is under way")
    func giveWay() async throws {
        let server = try FaultyServer { $0.count == 2 ? .late(1.5) : .normal }
        let driver = ModbusDriver()
        let slow = try Make.device("slow", Make.tcp(server.port, unit: 1), Make.words(at: [0, 1]))
        let other = try Make.device("other", Make.tcp(server.port, unit: 2), Make.words(at: [9]))
        let (first, second) = (try await driver.open(slow), try await driver.open(other))
        server.forget()
        async let underWay = first.read(slow.visitors)
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        async let waiting = second.read(other.visitors)
        // Until it waits there is nothing to give up.
        let pressing = Task {
            while !Task.isCancelled {
                second.giveWay()
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        #expect((await waiting[0].failure as? DeviceError)?.code == .cancelled)
        #expect(server.requests.map(\.short) == ["3@0+2"])
        pressing.cancel()
        first.giveWay()
        #expect(texts(await underWay) == ["1000", "1001"])
        #expect(texts(await second.read(other.visitors)) == ["1009"])
        await first.close()
        await second.close()
    }

    @Test("neither before a command that waits for its device's reading nor before its reading back another begins")
    func keptFree() async throws {
        let server = try FaultyServer { $0.count == 2 ? .late(0.3) : .normal }
        let driver = ModbusDriver()
        let slow = try Make.device("slow", Make.tcp(server.port, unit: 1), Make.words(at: [0, 1]))
        let other = try Make.device("other", Make.tcp(server.port, unit: 2), Make.words(at: [9]))
        let (first, second) = (try await driver.open(slow), try await driver.open(other))
        var orders: [[String]] = []
        for _ in 0..<5 {
            server.forget()
            async let underWay = first.read(slow.visitors)
            while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            async let waiting = second.read(other.visitors)
            try await Task.sleep(for: .milliseconds(100))
            first.giveWay()
            _ = await underWay
            try await first.write(.int(5), to: slow.visitors[0])
            #expect(texts(await first.read([slow.visitors[0]])) == ["5"])
            #expect(texts(await waiting) == ["1009"])
            orders.append(server.requests.map(\.short))
        }
        // The line is kept free for a moment only, and a machine that is busy may need longer than that.
        #expect(orders.count { $0 == ["3@0+2", "6@0+1", "3@0+1", "3@9+1"] } >= 3)
        await first.close()
        await second.close()
    }

    @Test("silence is waited for once a batch")
    func silence() async throws {
        let isSilent = Flag()
        let server = try FaultyServer { _ in isSilent.value ? .silence : .normal }
        let (device, session) = try await session(server, Make.words(at: [0, 1, 500, 1000]))
        #expect(texts(await session.read(device.visitors)) == ["1000", "1001", "1500", "2000"])
        isSilent.raise()
        server.forget()
        let results = await session.read(device.visitors)
        #expect(results.allSatisfy { ($0.failure as? DeviceError)?.code == .timedOut })
        // Once more, as many a device loses a single request.
        #expect(Set(server.requests.map(\.short)) == ["3@0+2"])
        #expect(
            texts(results)[0]
                == "unit 3 on 127.0.0.1:\(server.port) did not answer within 300 ms, reading holding registers 0…1"
        )
        await session.close()
    }

    @Test("late, doubled and foreign answers never become values")
    func foreignAnswers() async throws {
        let server = try FaultyServer { request in
            switch request.address {
            case 10: .late(0.45)
            case 20:
                .raw { header, reply in
                    let frame = header.bytes(around: reply)
                    return [frame, frame]
                }
            case 30:
                .raw { header, reply in
                    var other = header
                    other.unit = 9
                    return [other.bytes(around: reply)]
                }
            case 40:
                .raw { header, reply in
                    var other = header
                    other.protocolID = 0x0100
                    return [other.bytes(around: reply)]
                }
            case 50:
                .raw { header, reply in
                    var other = header
                    other.transaction &+= 7
                    return [other.bytes(around: [3, 2, 0, 1]), header.bytes(around: reply)]
                }
            default: .normal
            }
        }
        let (device, session) = try await session(server, Make.words(at: [0, 10, 20, 30, 40, 50, 60]))
        func read(_ name: String) async throws -> Result<Sample, any Error> {
            await session.read([try #require(device.visitor(of: name))])[0]
        }
        #expect((try await read("r10").failure as? DeviceError)?.code == .timedOut)
        for _ in 0..<3 { #expect(try await read("r0").get().value == .int(1000)) }
        #expect(try await read("r20").get().value == .int(1020))
        #expect(try await read("r60").get().value == .int(1060))
        #expect((try await read("r30").failure as? DeviceError)?.code == .malformedResponse)
        #expect(try await read("r60").get().value == .int(1060))
        #expect(try await read("r40").failure != nil)
        #expect(try await read("r60").get().value == .int(1060))
        #expect(try await read("r50").get().value == .int(1050))
        await session.close()
    }

    @Test("writes use the function that fits and are read back")
    func writes() async throws {
        let server = try FaultyServer()
        let properties = [
            Make.property("word", .int, ["register": "HoldingRegister", "offset": 1], access: .readWrite),
            Make.property(
                "real",
                .float,
                ["register": "HoldingRegister", "offset": 2, "byteOrder": "CDAB"],
                access: .readWrite
            ),
            Make.property("coil", .boolean, ["register": "CoilRegister", "offset": 3], access: .readWrite),
            Make.property(
                "flag",
                .boolean,
                ["register": "HoldingRegister", "offset": 4, "bit": 2],
                access: .readWrite
            ),
            Make.property("fixed", .int, ["register": "InputRegister", "offset": 5]),
        ]
        let (device, session) = try await session(server, properties)
        func visitor(_ name: String) throws -> PropertyVisitor<ModbusVisitor> { try #require(device.visitor(of: name)) }
        try await session.write(.int(77), to: visitor("word"))
        try await session.write(.float(21.5), to: visitor("real"))
        try await session.write(.boolean(true), to: visitor("coil"))
        try await session.write(.boolean(true), to: visitor("flag"))
        #expect(
            server.requests.map(\.message) == [
                [6, 0, 1, 0, 77], [16, 0, 2, 0, 2, 4, 0, 0, 0x41, 0xAC], [5, 0, 3, 0xFF, 0],
                [22, 0, 4, 0xFF, 0xFB, 0, 4],
            ]
        )
        #expect(texts(await session.read([try visitor("word"), try visitor("real")])) == ["77", "21.5"])
        let error = await #expect(throws: DeviceError.self) { try await session.write(.int(1), to: visitor("fixed")) }
        #expect(error?.code == .unsupported)
        #expect(error?.message == "input registers cannot be written (5 of unit 3 on 127.0.0.1:\(server.port))")
        let refusal = await #expect(throws: ValueError.self) {
            try await session.write(.double(1.5), to: visitor("word"))
        }
        #expect(refusal?.code == .notRepresentable)
        await session.close()
    }

    @Test("a field across registers is changed by one reading and one writing")
    func fieldAcrossRegisters() async throws {
        let server = try FaultyServer()
        let property = Make.property(
            "field",
            .int,
            ["register": "HoldingRegister", "offset": 4, "limit": 2, "bit": 12, "bitCount": 8, "byteOrder": "CDAB"],
            access: .readWrite
        )
        let (device, session) = try await session(server, [property])
        try await session.write(.int(0xAB), to: device.visitors[0])
        // 1005 and 1004 are 0x03ED and 0x03EC; the second register is the more significant.
        #expect(server.requests.map(\.message) == [[3, 0, 4, 0, 2], [16, 0, 4, 0, 2, 4, 0xB3, 0xEC, 0x03, 0xEA]])
        await session.close()
    }

    @Test("without mask write a bit is changed by reading and writing its register")
    func bitWithoutMaskWrite() async throws {
        let server = try FaultyServer { $0.function == 22 ? .exception(1) : .normal }
        let property = Make.property(
            "flag",
            .boolean,
            ["register": "HoldingRegister", "offset": 4, "bit": 0],
            access: .readWrite
        )
        let (device, session) = try await session(server, [property])
        for value in [true, false] { try await session.write(.boolean(value), to: device.visitors[0]) }
        // 1004 has bit 0 clear.
        #expect(server.requests.map(\.short) == ["22@4+1", "3@4+1", "6@4+1", "3@4+1", "6@4+1"])
        #expect(server.requests[2].message == [6, 0, 4, 0x03, 0xED])
        #expect(server.requests[4].message == [6, 0, 4, 0x03, 0xEC])
        await session.close()
    }

    @Test("bits of one register that several devices write at the same time are all written")
    func bitsOfSeveralDevices() async throws {
        let server = try FaultyServer { $0.function == 22 ? .exception(1) : .normal }
        let driver = ModbusDriver()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for bit in 0..<16 {
                let place: ConfigNode = [
                    "register": "HoldingRegister", "offset": 4, "bit": ConfigNode(.int(Int64(bit))),
                ]
                let property = Make.property("flag", .boolean, place, access: .readWrite)
                let device = try Make.device("device-\(bit)", Make.tcp(server.port, unit: 3), [property])
                group.addTask {
                    let session = try await driver.open(device)
                    try await session.write(.boolean(true), to: device.visitors[0])
                    await session.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(server.requests.last { $0.function == 6 }?.message == [6, 0, 4, 0xFF, 0xFF])
    }
}

extension Result {
    var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}

extension MBAPHeader {
    func bytes(around message: [UInt8]) -> [UInt8] {
        var header = MBAPHeader(transaction: transaction, unit: unit, message: message)
        header.protocolID = protocolID
        return header.bytes + message
    }
}
