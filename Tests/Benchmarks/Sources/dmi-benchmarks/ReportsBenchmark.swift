// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking
import Foundation
import MapperCommand
import MapperDMI

/// Lets far more values change than EdgeCore admits requests, and looks whether the last of each arrives.
struct ReportsBenchmark: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "dmi-benchmarks",
        abstract: "Report changes of many devices by DMI, through EdgeCore's limit of one request a second."
    )

    @Option(help: "How many devices.")
    var devices = 500

    @Option(help: "How many properties each of them has.")
    var properties = 20

    @Option(help: "How long the values change.")
    var minutes = 10.0

    @Option(
        help: "How often each value changes: 500ms, 1s, 1m.",
        transform: { text in
            guard let span = DurationText.parse(text), span >= .milliseconds(100) else {
                throw ValidationError("'\(text)' is no span of 100ms or more")
            }
            return span
        }
    )
    var changeEvery = Duration.seconds(1)

    func validate() throws {
        guard (1...5000).contains(devices), (1...500).contains(properties) else {
            throw ValidationError("'--devices' takes 1…5000, '--properties' 1…500")
        }
        guard minutes > 0, minutes * 60 / changeEvery.seconds < Double(CountedValue.limit) else {
            throw ValidationError("'--minutes' and '--change-every' must leave less than \(CountedValue.limit) changes")
        }
    }

    func measure() async throws {
        let folder = try ScratchFolder()
        let field = makeField()
        let socket = folder.path("dmi.sock")
        let profile = try folder.write(field.text, to: "devices.yaml")
        let edge = try RunningProgram(
            "edge",
            BuildFolder.program("mapperctl"),
            ["edge", "--dmi", socket, "--profile", profile],
            in: folder
        )
        try await edge.says("that it is ready") { lines in lines.contains { $0.hasPrefix("ready: ") } }
        let arguments = [CountingMapper.command, "--dmi", socket, "--log-level", "warning"]
        let mapper = try RunningProgram("mapper", BuildFolder.program(CountingMapper.name), arguments, in: folder)
        announce()
        let samples = try await watch(mapper, edge, field)
        let code = try await mapper.stop()
        try await edge.stop()
        try ReportsVerdict(field: field, samples: samples, exitCode: code, words: mapper.lines).conclude()
    }

    /// All devices; counting begins when the mapper knows them.
    private func makeField() -> CountingField {
        let step = changeEvery.seconds
        let counter = Counter(
            start: (Uptime.now + 5 + Double(devices) / 100).rounded(),
            step: step,
            last: Int(minutes * 60 / step)
        )
        return CountingField(devices: devices, properties: properties, counter: counter)
    }

    /// How long every device takes to be reported once.
    private var round: Double {
        let link = DMIConfiguration(mapperSocket: "", name: "", version: "", protocolName: "")
        let messages = Double(devices * properties) / link.messagesPerSecond
        return max(Double(devices) / link.requestsPerSecond, messages)
    }

    private func announce() {
        let span = changeEvery.seconds.text(1)
        say(
            "\(devices) devices × \(properties) properties, each changes every \(span) s for \(minutes.text(1)) minutes"
        )
        say(
            """
            A round, one request for each device, takes \(round.text(0)) s at the link's pace, a third more while states \
            and repetitions take their turns. When the values stand still the last ones need such a round to arrive.
            """
        )
    }

    /// Takes a sample each minute, until the edge knows the last values, or nothing can be hoped for any more.
    private func watch(
        _ mapper: RunningProgram,
        _ edge: RunningProgram,
        _ field: CountingField
    ) async throws -> [ReportsSample] {
        var (follower, record) = (try LineFollower(edge.file), EdgeRecord(field))
        let (start, end) = (field.counter.start, field.counter.moment(of: field.counter.last))
        let deadline = end + 2 * round + 60
        var samples: [ReportsSample] = []
        say(ReportsSample.heading)
        while true {
            for program in [mapper, edge] where !program.isRunning {
                throw BenchmarkFailure("\(program.name) ended: \(program.lines.suffix(10).joined(separator: "\n"))")
            }
            let now = Uptime.now
            try follower.next().forEach { record.take($0, at: now) }
            let behind = record.behind(at: now)
            let isDone = now >= deadline || (now > end && behind == 0)
            if isDone || now >= start + Double(samples.count) * 60 {
                let figures = try ProcessFigures(of: mapper.identifier)
                samples.append(ReportsSample(time: now - start, figures: figures, record: record, behind: behind))
                say(samples[samples.count - 1].line(after: samples[max(samples.count - 2, 0)]))
            }
            if isDone { return samples }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
