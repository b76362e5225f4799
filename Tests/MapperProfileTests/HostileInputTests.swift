// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import MapperKit
import MapperProfile
import Testing

@Suite("Hostile input ends with one clear error")
struct HostileInputTests {
    private func complaint(_ bytes: some Sequence<UInt8>, _ file: String) -> String {
        do {
            _ = try ProfileLoader().load(contents: [(file, Array(bytes))])
            return "loaded"
        } catch {
            return error.diagnostics.first?.description ?? "nothing"
        }
    }

    @Test("Bytes that are no text", arguments: ["x.json", "x.yaml"])
    func binary(file: String) {
        #expect(complaint([0xE9], file) == "\(file):1:1: error: not UTF-8 text: byte 0xE9 cannot stand here")
        let text = Array("a: b\n é".utf8)
        for bad: [UInt8] in [[0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] {
            let byte = String(bad[0], radix: 16, uppercase: true)
            #expect(
                complaint(text + bad + Array("\n".utf8), file)
                    == "\(file):2:3: error: not UTF-8 text: byte 0x\(byte) cannot stand here"
            )
        }
        #expect(
            complaint([0xFF, 0xFE, 0x7B, 0x00], file) == "\(file):1:1: error: the file is UTF-16; save it as UTF-8"
        )
        #expect(complaint([UInt8](repeating: 0, count: 1000), file).contains("\(file):1:1: error: "))
        #expect(complaint((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }, file).contains("error: "))
    }

    @Test("Every truncation of a good file is refused or complete, in both languages")
    func truncated() throws {
        let json = #"{"deviceModels":[{"name":"m","properties":[{"name":"é","dataType":"int"}]}],"deviceInstances":[]}"#
        let yaml =
            "apiVersion: devices.kubeedge.io/v1alpha2\nkind: DeviceModel\nmetadata: {name: m}\nspec: {properties: []}\n"
        for count in 0..<json.utf8.count {
            #expect(complaint(json.utf8.prefix(count), "x.json") != "loaded", "\(count) bytes of JSON")
        }
        for count in 0..<yaml.utf8.count - 1 { _ = complaint(yaml.utf8.prefix(count), "x.yaml") }
    }

    @Test(
        "Damaged files never end the program",
        arguments: [
            ("p.json", SampleProfile.json), ("p.yaml", SampleProfile.yaml), ("p.yaml", SampleProfile.oldYAML),
        ]
    )
    func damaged(file: String, text: String) {
        var state: UInt64 = 42
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let bytes = Array(text.utf8)
        let splinters = [
            "{", "}", "[", "]", ":", ",", "\"", "'", "\\", "\n", " ", "-", "&a", "*a", "|", "null", "-1", "1e99", "é",
        ]
        var refused = 0
        for _ in 0..<500 {
            var damaged = bytes
            for _ in 0...random(3) {
                let index = random(damaged.count)
                switch random(3) {
                case 0: damaged.removeSubrange(index..<min(damaged.count, index + 1 + random(8)))
                case 1: damaged.insert(contentsOf: splinters[random(splinters.count)].utf8, at: index)
                default: damaged[index] = UInt8(random(256))
                }
            }
            if complaint(damaged, file) != "loaded" { refused += 1 }
        }
        #expect(refused > 100)
    }

    @Test("Deep nesting", arguments: ["[", "{\"a\":"])
    func deep(opening: String) {
        let text = String(repeating: opening, count: 200_000)
        let column = 1 + 100 * opening.count
        let complaint = complaint(text.utf8, "x.json")
        #expect(
            complaint
                == "x.json:1:\(column): error: nested too deeply: at most 100 lists and groups may stand in each other"
        )
        #expect(self.complaint(text.utf8, "x.yaml") == complaint.replacingOccurrences(of: "json", with: "yaml"))
        let block = String(repeating: "- ", count: 200_000)
        #expect(self.complaint(block.utf8, "x.yaml").contains("x.yaml:1:201: error: nested too deeply"))
    }

    @Test("Aliases that multiply")
    func aliases() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            text += "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
        }
        #expect(
            complaint(text.utf8, "x.yaml").contains("error: too many values: at most 1000000 are read from one file")
        )
        var deep = "a0: &a0 [x]\n"
        for level in 1...120 { deep += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(complaint(deep.utf8, "x.yaml").contains("error: nested too deeply"))
    }

    @Test("Many values, many directives, many findings")
    func many() throws {
        let reader = ConfigReader(limits: ReadingLimits(nodes: 1000))
        for file in ["x.json", "x.yaml"] {
            let numbers = "[" + String(repeating: "1, ", count: 999) + "1]"
            let error = #expect(throws: ConfigurationError.self) { try reader.parse(Array(numbers.utf8), file: file) }
            #expect(error?.diagnostics.first?.message == "too many values: at most 1000 are read from one file")
        }
        let directives = (0..<50_000).map { "%TAG !a\($0)! x\n" }.joined()
        #expect(complaint(directives.utf8, "x.yaml") == "x.yaml:101:1: error: more than 100 lines that start with '%'")
        let keys = (0..<5000).map { "\"k\($0)\":1" }.joined(separator: ",")
        let loaded = try ProfileLoader().load(contents: [("x.json", Array("{\"deviceModels\":[],\(keys)}".utf8))])
        #expect(loaded.warnings.count == 1001)
        #expect(loaded.warnings.last?.message == "4001 more findings are not shown")
    }

    @Test("A file that is too large is refused without being read")
    func large() throws {
        let folder = try ScratchFolder()
        let path = try folder.write("x.json", "{}")
        // A sparse file: reading it would take 100 MB, asking for its size does not.
        #expect(truncate(path, 100 << 20) == 0)
        let clock = ContinuousClock()
        let start = clock.now
        #expect(
            failure([path]) == "\(path):1:1: error: the file is too large: 104857600 bytes, at most 16777216 are read"
        )
        #expect(clock.now - start < .seconds(1))
        let bytes = [UInt8](repeating: 0x20, count: (16 << 20) + 1)
        #expect(complaint(bytes, "y.json").hasPrefix("y.json:1:1: error: the file is too large: 16777217 bytes"))
        #expect(failure(["/dev/zero"]) == "error: cannot read '/dev/zero': it is not a regular file")
    }

    @Test("Files that cannot be read")
    func unreadable() throws {
        let folder = try ScratchFolder()
        #expect(failure([]) == "error: no file or directory was given to load devices from")
        #expect(failure([folder.path]) == "error: no *.json, *.yaml or *.yml file in directory '\(folder.path)'")
        let missing = "\(folder.path)/missing.yaml"
        #expect(failure([missing]) == "error: cannot open '\(missing)': No such file or directory")
        let pipe = "\(folder.path)/pipe.yaml"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(failure([pipe]) == "error: cannot read '\(pipe)': it is not a regular file")
        #expect(failure([pipe, missing]).split(separator: "\n").count == 2)
        #expect(throws: ConfigurationError.self) { try ConfigReader().read(file: folder.path) }
    }

    private func failure(_ paths: [String]) -> String {
        do {
            _ = try ProfileLoader().load(paths)
            return "loaded"
        } catch {
            return error.description
        }
    }
}
