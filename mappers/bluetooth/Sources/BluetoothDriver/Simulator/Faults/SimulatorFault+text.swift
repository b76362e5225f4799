// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension SimulatorFault {
    /// The grammar, for a help text.
    static var help: String {
        let column = 20
        let rows = FaultName.allCases.map { name in
            "  " + name.form + String(repeating: " ", count: max(column - name.form.count, 1)) + name.meaning
        }
        let grammar = """
            A fault is written [DEVICE:]FAULT[=VALUE][:WHEN]. DEVICE is a name, or namespace/name; without one all \
            devices are meant. WHEN is a part of each period, its end (20s/60s: 40 s without, then 20 s with the \
            fault); without it the fault is always there. A fault without a VALUE has WHEN behind the = \
            (absent=20s/60s). A TIME is 300us, 20ms, 1.5s or 2m.

            """
        let script = """


            While it runs, lines on standard input let something happen at once; DEVICE is a name or an address, CODE \
            and HEX are hexadecimal:

            """
        return grammar + "\n" + rows.joined(separator: "\n") + script + "\n" + SimulatorCommand.help
    }

    /// Reads a fault: `tag-3:silent=20s/60s`.
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
        if let last = words.last, last.contains("/") || last.contains("%") {
            occurrence = try FaultOccurrence(last)
            words.removeLast()
        }
        guard words.count <= 1 else {
            throw FaultMistake(message: "'\(words[1])' is no part of a period (20s/60s)")
        }
        effect = try Effect(name, words.first)
        if effect == .lose, occurrence == .always {
            throw FaultMistake(message: "'lose' needs a period: lose=1s/60s loses the link after 59 s, each minute")
        }
    }
}

extension SimulatorFault.Effect {
    fileprivate init(_ name: FaultName, _ value: Substring?) throws(FaultMistake) {
        switch (name, value) {
        case (.lose, nil): self = .lose
        case (.silent, nil): self = .silent
        case (.absent, nil): self = .absent
        case (.refuse, let value?): self = .refuse(try Self.number(value))
        case (.shift, let value?): self = .shift(try Self.number(value))
        case (.slow, let value?): self = .slow(try FaultTime.read(value))
        case (.error, let value?): self = try Self.error(value)
        case (.lose, let value?), (.silent, let value?), (.absent, let value?):
            throw FaultMistake(
                message:
                    "'\(name.rawValue)' takes no value, but '\(value)' is given (\(name.rawValue)=20s/60s says when)"
            )
        case (.refuse, nil), (.shift, nil), (.slow, nil), (.error, nil):
            throw FaultMistake(message: "'\(name.rawValue)' needs a value: \(name.form)")
        }
    }

    private static func number(_ text: Substring) throws(FaultMistake) -> Int {
        if let number = Int(text), (1...60_000).contains(number) { return number }
        throw FaultMistake(message: "'\(text)' is no such number, allowed is 1…60000")
    }

    private static func error(_ text: Substring) throws(FaultMistake) -> Self {
        let words = text.split(separator: " ")
        guard words.count == 2 else { throw FaultMistake(message: "'\(text)' is no code and characteristic (0e 2a19)") }
        let digits = words[0].hasPrefix("0x") ? words[0].dropFirst(2) : words[0]
        guard let code = UInt8(digits, radix: 16), code > 0 else {
            throw FaultMistake(message: "'\(words[0])' is no error code, allowed is 01…ff, hexadecimal")
        }
        guard let uuid = BluetoothUUID(String(words[1])) else {
            throw FaultMistake(message: "'\(words[1])' is no UUID of 4, 8 or 32 hexadecimal digits")
        }
        return .error(uuid, code)
    }
}

extension FaultOccurrence {
    fileprivate init(_ text: Substring) throws(FaultMistake) {
        let times = text.split(separator: "/", omittingEmptySubsequences: false)
        guard times.count == 2 else { throw FaultMistake(message: "'\(text)' is no part of a period (20s/60s)") }
        let (active, period) = (try FaultTime.read(times[0]), try FaultTime.read(times[1]))
        guard active > .zero, active < period else {
            throw FaultMistake(message: "'\(text)' is no part of a period: write the shorter time first (20s/60s)")
        }
        self = .periodic(active, each: period)
    }
}
