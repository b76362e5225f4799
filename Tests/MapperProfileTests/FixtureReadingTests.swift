// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@Suite("Third-party JSON reads as Foundation reads it", .enabled(if: Fixtures.areThere))
struct FixtureReadingTests {
    /// Not JSON, as their upstream has them.
    private static let broken: Set = [
        "kubeedge/v1.3.1-modbus-nodejs-mapper-conf-template.json",
        "kubeedge/v1.5.0-modbus-go-configmap_negtest.json",
        "kubeedge/mappers-go-v1.13.0-template-customized-configmap_negtest.json",
    ]

    @Test func everyFile() throws {
        let files = ["kubeedge", "kubeedge-v1beta1", "wire", "dmi"].flatMap {
            Fixtures.files(under: $0, ending: ".json")
        }
        #expect(files.count > 500)
        for file in files {
            let data = try Data(contentsOf: URL(fileURLWithPath: Fixtures.path(file)))
            guard let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else {
                #expect(Self.broken.contains(file), "\(file) is not JSON for Foundation")
                #expect(throws: ConfigurationError.self) { try ConfigReader().read(file: Fixtures.path(file)) }
                continue
            }
            let node = try #require(try ConfigReader().read(file: Fixtures.path(file)).first)
            #expect(Self.matches(node, value), "\(file)")
        }
    }

    private static func matches(_ node: ConfigNode, _ value: Any) -> Bool {
        switch (node.content, value) {
        case (.null, is NSNull): true
        case (.string(let text), let other as String): text == other
        case (.boolean(let flag), let other as NSNumber): flag == other.boolValue
        case (.int(let number), let other as NSNumber): number == other.int64Value
        case (.double(let number), let other as NSNumber): number == other.doubleValue
        case (.sequence(let elements), let other as [Any]):
            elements.count == other.count && zip(elements, other).allSatisfy { matches($0, $1) }
        case (.mapping(let entries), let other as [String: Any]):
            entries.count == other.count
                && entries.allSatisfy { entry in other[entry.key].map { matches(entry.value, $0) } ?? false }
        default: false
        }
    }
}
