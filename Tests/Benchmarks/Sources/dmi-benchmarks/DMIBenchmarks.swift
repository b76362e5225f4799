// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MapperCommand

/// Measures the link by DMI.
///
/// The benchmark starts this program a second time, as a mapper, so that what is measured is a process that does nothing
/// else.
@main
enum DMIBenchmarks {
    static func main() async {
        if CommandLine.arguments.dropFirst().first == CountingMapper.command {
            await CountingMapper.main()
        } else {
            await ReportsBenchmark.main()
        }
    }
}
