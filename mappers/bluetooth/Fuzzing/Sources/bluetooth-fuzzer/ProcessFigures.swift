// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Says how much this process has of what could grow.
struct ProcessFigures: CustomStringConvertible {
    let residentKilobytes: Int
    let descriptors: Int

    init() {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        residentKilobytes = line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        // The directory itself is open while it is listed.
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 1
        descriptors = open - 1
    }

    /// The figures once links that were closed are closed indeed, which their threads do soon.
    static func settled(notAbove wanted: Int? = nil) async -> ProcessFigures {
        let end = ContinuousClock.now + .seconds(5)
        var (last, steady) = (ProcessFigures(), 0)
        while ContinuousClock.now < end, steady < 5 {
            try? await Task.sleep(for: .milliseconds(100))
            let next = ProcessFigures()
            steady = next.descriptors == last.descriptors && next.descriptors <= wanted ?? .max ? steady + 1 : 0
            last = next
        }
        return last
    }

    var description: String { "\(residentKilobytes / 1024) MB, \(descriptors) descriptors" }
}
