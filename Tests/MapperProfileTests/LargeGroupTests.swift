// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit
import MapperProfile
import Testing

/// Times are the thread's own, so other work on the machine does not count, and only compared with each other.
@Suite("Work grows with the size of a file, not faster")
struct LargeGroupTests {
    private static let device = SampleProfile.yaml.replacing("      ip: 127.0.0.1\n", with: "KEYS")

    /// Eight times the keys are eight times the work; comparing each with each would be 64 times.
    private func expectLinear(_ prepare: (Int) -> () -> Void) {
        let (small, large) = (seconds(prepare(5000)), seconds(prepare(40_000)))
        #expect(large < 20 * small, "\(small) s for 5,000, \(large) s for 40,000")
    }

    private func seconds(_ work: () -> Void) -> Double {
        (0..<2).map { _ in
            let start = clock()
            work()
            return clock() - start
        }.min() ?? 0
    }

    private func clock() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func load(_ file: String, _ text: String) -> () -> Void {
        let bytes = Array(text.utf8)
        return { _ = try? ProfileLoader().load(contents: [(file, bytes)]) }
    }

    private func group(_ count: Int, _ value: Int64 = 1) -> ConfigNode {
        ConfigNode(.mapping((0..<count).map { ConfigNode.Entry("k\($0)", ConfigNode(.int(value))) }))
    }

    @Test("A file of unknown keys, in both languages")
    func unknown() {
        expectLinear { load("x.yaml", (0..<$0).map { "k\($0): \($0)\n" }.joined()) }
        expectLinear { load("x.json", "{" + (0..<$0).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}") }
    }

    @Test("A device with many keys in its protocol's configuration")
    func configuration() {
        expectLinear { count in
            load("x.yaml", Self.device.replacing("KEYS", with: (0..<count).map { "      k\($0): 1\n" }.joined()))
        }
    }

    @Test("One model's name in many namespaces")
    func namespaces() {
        expectLinear { count in
            let objects = (0..<count / 20).map { SampleProfile.yaml.replacing("plant", with: "n\($0)") }
            return load("x.yaml", objects.joined(separator: "\n---\n"))
        }
    }

    @Test("Decoding a group: every key asked for, or none")
    func decoding() {
        struct Nothing: Decodable {
            var one: Int?
        }
        expectLinear { count in
            let node = group(count)
            return { _ = ConfigDecoder.decode([String: Int].self, from: node, subject: "x") }
        }
        expectLinear { count in
            let node = group(count)
            return { _ = ConfigDecoder.decode(Nothing.self, from: node, subject: "x") }
        }
        let entries = ConfigDecoder.decode([String: Int].self, from: group(40_000), subject: "x").value
        #expect(entries?.count == 40_000)
    }

    @Test("Comparing groups whose keys stand in another order")
    func comparing() {
        expectLinear { count in
            let node = group(count)
            let turned = ConfigNode(.mapping((node.entries ?? []).reversed()))
            return { #expect(node == turned) }
        }
        #expect(group(40, 1) != group(40, 2))
        #expect(group(40) != group(41))
    }

    @Test("Of a group's unknown keys the first hundred are shown")
    func shown() {
        struct Nothing: Decodable {
            var one: Int?
        }
        let found = ConfigDecoder.decode(Nothing.self, from: group(5000), subject: "x").diagnostics
        #expect(found.count == 101)
        #expect(found.first?.message == "x: unknown key 'k0' (one is allowed)")
        #expect(found.last?.message == "x: 4900 more unknown keys are not shown")
    }
}
