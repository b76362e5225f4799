// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One recorded message.
struct WireCapture {
    let number: Int
    let order: Int
    let step: String
    let direction: String
    let what: String
    let request: [UInt8]?
    let response: [UInt8]?
    let error: (code: String, text: String)?

    /// All of EdgeCore v1.23.1 and a mapper, in the order of the recording.
    static func all() throws -> [WireCapture] {
        let folder = "wire/v1.23.1/dmi"
        guard let root = Fixtures.root else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        let captures = try names.compactMap { name in
            try WireCapture(name, Fixtures.data("\(folder)/\(name)"))
        }
        return captures.sorted { ($0.number, $0.step, $0.order) < ($1.number, $1.step, $1.order) }
    }

    private init?(_ name: String, _ data: Data) throws {
        guard name.hasSuffix(".json"), let number = Int(name.prefix { $0.isWholeNumber }),
            let object = try JSONSerialization.jsonObject(with: data) as? [String: Any],
            let step = object["step"] as? String, let direction = object["direction"] as? String
        else { return nil }
        self.number = number
        self.step = step
        self.direction = direction
        order = object["order"] as? Int ?? 0
        what = object["what"] as? String ?? ""
        request = (object["request_bytes_hex"] as? String).map(Self.bytes)
        response = (object["response_bytes_hex"] as? String).map(Self.bytes)
        error = Self.error(object)
    }

    private static func error(_ object: [String: Any]) -> (code: String, text: String)? {
        let error = object["error"] as? [String: Any] ?? object
        guard let code = error["code"] as? String else { return nil }
        return (code, error["details"] as? String ?? error["message"] as? String ?? "")
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
