// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import BluetoothDriver

@Suite("The Bluetooth mapper's README")
struct DocumentationTests {
    private func readme() throws -> String {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        return try String(contentsOfFile: "\(folder)/README.md", encoding: .utf8)
    }

    @Test("has every key of a visitor, every source, and every field of beacons")
    func complete() throws {
        let text = try readme()
        let words =
            BluetoothVisitor.CodingKeys.allCases.map(\.rawValue) + ValueSource.allCases.map(\.rawValue)
            + BeaconField.allCases.map(\.rawValue) + SecurityDemand.allCases.map(\.rawValue)
        for word in words { #expect(text.contains("`\(word)`"), "\(word)") }
    }

    @Test("names no field of beacons that there is not")
    func fields() throws {
        let text = try readme()
        let rows = text.split(separator: "\n").drop { $0 != "| Format | Fields |" }.dropFirst(2).prefix {
            $0.hasPrefix("|")
        }
        #expect(rows.count > 10)
        for row in rows {
            let pieces = row.split(separator: "`", omittingEmptySubsequences: false)
            for (index, piece) in pieces.enumerated() where index % 2 == 1 {
                #expect(BeaconField(rawValue: String(piece)) != nil, "\(piece)")
            }
        }
    }
}
