// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension SimulatorCommand {
    /// How each line is written, and what it does.
    static let forms: [(form: String, meaning: String)] = [
        ("lose DEVICE", "the link is lost"),
        ("end DEVICE", "the device ends the connection"),
        ("drop DEVICE COUNT", "it does so after so many more packets"),
        ("refuse DEVICE COUNT", "so many connections fail (0x3E)"),
        ("absent DEVICE", "the device is out of reach"),
        ("present DEVICE", "it is back"),
        ("silent DEVICE", "requests are lost, nothing is told"),
        ("speak DEVICE", "it answers and tells again"),
        ("slow DEVICE MILLISECONDS", "answers take that long"),
        ("set DEVICE UUID HEX", "a characteristic holds these bytes from now on"),
        ("error DEVICE UUID CODE", "a characteristic is refused, 0 ends it"),
        ("protect DEVICE UUID CODE", "as error, but only without encryption"),
        ("encrypt DEVICE", "what is protected opens"),
        ("forget DEVICE", "pairings are forgotten"),
        ("shift DEVICE COUNT", "handles move by so many, Service Changed is told"),
        ("spoil DEVICE", "parts of long values come back wrong"),
        ("rssi DEVICE DBM", "it is heard that strongly"),
        ("advertise DEVICE HEX", "it advertises these bytes"),
        ("parameters DEVICE MINIMUM MAXIMUM LATENCY TIMEOUT", "it asks for these"),
        ("heal DEVICE", "all faults end"),
    ]

    /// The lines, for a help text.
    static var help: String {
        let column = 26
        return forms.map { form, meaning in
            "  " + form + String(repeating: " ", count: max(column - form.count, 2)) + meaning
        }.joined(separator: "\n")
    }

    /// What is allowed in place of a line that is not understood: the same words in full, or the words that there are.
    static func allowed(for line: String) -> String {
        let words = forms.map { (name: $0.form.prefix { $0 != " " }, form: $0.form) }
        let name = line.split { $0.isWhitespace }.first
        if let word = words.first(where: { $0.name == name }) { return "write \(word.form)" }
        return "allowed are \(words.map(\.name).joined(separator: ", "))"
    }
}
