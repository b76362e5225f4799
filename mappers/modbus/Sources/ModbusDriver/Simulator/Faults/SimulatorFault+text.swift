// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells what is wrong with a fault's text, and what is allowed.
struct FaultMistake: Error {
    var message: String
}

extension SimulatorFault {
    /// The grammar, for a help text.
    static var help: String {
        let column = 28
        let rows = FaultName.allCases.map { name in
            "  " + name.form + String(repeating: " ", count: max(column - name.form.count, 1)) + name.meaning
        }
        let grammar = """
            A fault is written [DEVICE:]FAULT[=VALUE][:WHEN]. DEVICE is a name, or namespace/name; without one all \
            devices are meant. WHEN is a share of the requests (5%), or a part of each period, its end (20s/60s: 40 s \
            without, then 20 s with the fault); without it the fault is always there. A fault without a VALUE has \
            WHEN behind the = (drop=1%). A TIME is 300us, 20ms, 1.5s or 2m. Several faults add up; of those that keep \
            a device from answering the first one counts. The last line that is printed names the seed.

            """
        return grammar + "\n" + rows.joined(separator: "\n")
    }

    /// Reads a fault: `meter-3:latency=5ms..80ms:10%`.
    init(_ text: String) throws(FaultMistake) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        var head = sides.first ?? ""
        if let colon = head.lastIndex(of: ":") {
            device = String(head[..<colon])
            head = head[head.index(after: colon)...]
        }
        guard let name = FaultName(rawValue: String(head)) else {
            let allowed = FaultName.allCases.map(\.rawValue).joined(separator: ", ")
            throw FaultMistake(message: "'\(head)' is no fault (\(allowed) are allowed)")
        }
        var words = sides.count > 1 ? sides[1].split(separator: ":", omittingEmptySubsequences: false) : []
        if let last = words.last, last.contains("%") || last.contains("/") {
            occurrence = try FaultOccurrence(last)
            words.removeLast()
        }
        guard words.count <= 1 else {
            throw FaultMistake(
                message: "'\(words[1])' is no share of the requests and no part of a period (5%, 20s/60s)"
            )
        }
        effect = try Effect(name, words.first)
    }
}

extension SimulatorFault.Effect {
    fileprivate init(_ name: FaultName, _ value: Substring?) throws(FaultMistake) {
        switch (name, value) {
        case (.silent, nil): self = .silence
        case (.drop, nil): self = .hangUp
        case (.garble, nil): self = .garble
        case (.late, nil): self = .late(.seconds(1))
        case (.late, let value?): self = .late(try FaultTime.read(value))
        case (.latency, let value?): self = .latency(try FaultTime.range(value))
        case (.exception, let value?): self = .refuse(code: UInt8(try Self.number(value, in: 1...11, "code")))
        case (.limit, let value?): self = .limit(registers: try Self.number(value, in: 1...125, "number"))
        case (.illegal, let value?): self = try Self.illegal(value)
        case (.lacks, let value?): self = try Self.lack(value)
        case (.silent, let value?), (.drop, let value?), (.garble, let value?):
            throw FaultMistake(
                message: "'\(name.rawValue)' takes no value, but '\(value)' is given (\(name.rawValue)=5% "
                    + "and \(name.rawValue)=20s/60s say when)"
            )
        case (.latency, nil), (.exception, nil), (.limit, nil), (.illegal, nil), (.lacks, nil):
            throw FaultMistake(message: "'\(name.rawValue)' needs a value: \(name.form)")
        }
    }

    private static func number(
        _ text: Substring,
        in range: ClosedRange<Int>,
        _ noun: String
    ) throws(FaultMistake) -> Int {
        if let number = Int(text), range.contains(number) { return number }
        throw FaultMistake(message: "'\(text)' is no such \(noun), allowed is \(range.lowerBound)…\(range.upperBound)")
    }

    private static func illegal(_ text: Substring) throws(FaultMistake) -> Self {
        if let range = AddressRange(String(text)) { return .illegal(range) }
        throw FaultMistake(message: "'\(text)' is no range of addresses; \(AddressRange.howToWrite)")
    }

    private static func lack(_ text: Substring) throws(FaultMistake) -> Self {
        if let table = RegisterTable(rawValue: String(text)) { return .lack(table) }
        let tables = RegisterTable.allCases.map(\.rawValue).joined(separator: ", ")
        throw FaultMistake(message: "'\(text)' is no table (\(tables) are allowed)")
    }
}

extension FaultOccurrence {
    fileprivate init(_ text: Substring) throws(FaultMistake) {
        if text.hasSuffix("%") {
            guard let percent = Double(text.dropLast()), percent > 0, percent <= 100 else {
                throw FaultMistake(message: "'\(text)' is no share, above 0% and up to 100% is allowed")
            }
            self = .share(percent / 100)
            return
        }
        let times = text.split(separator: "/", omittingEmptySubsequences: false)
        guard times.count == 2 else { throw FaultMistake(message: "'\(text)' is no part of a period (20s/60s)") }
        let (active, period) = (try FaultTime.read(times[0]), try FaultTime.read(times[1]))
        guard active > .zero, active < period else {
            throw FaultMistake(message: "'\(text)' is no part of a period: write the shorter time first (20s/60s)")
        }
        self = .periodic(active, each: period)
    }
}
