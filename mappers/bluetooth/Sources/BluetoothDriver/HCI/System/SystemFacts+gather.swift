// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit

extension SystemFacts {
    /// Asks this machine.
    static func gather() async -> SystemFacts {
        let (release, version) = kernel()
        var facts = SystemFacts(kernelRelease: release, kernelVersion: version)
        facts.capabilities = capabilities(in: text(of: "/proc/self/status"))
        facts.bluetoothd = process(named: "bluetoothd", in: "/proc")
        do throws(ManagementError) {
            let management = try ManagementSocket.open(clock: SystemClock())
            defer { management.close() }
            facts.adapters = await adapters(on: management)
        } catch {
            if case .unavailable(let error) = error { facts.socketError = error }
        }
        return facts
    }

    private static func adapters(on management: ManagementSocket) async -> Result<[AdapterInfo], ManagementError> {
        do throws(ManagementError) {
            return .success(try await Adapter.list(on: management))
        } catch {
            return .failure(error)
        }
    }

    /// The effective capabilities in the text of `/proc/self/status`.
    static func capabilities(in status: String) -> UInt64? {
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        return line.flatMap { UInt64($0.dropFirst(7).filter(\.isHexDigit), radix: 16) }
    }

    /// The number of the first process of a name.
    static func process(named name: String, in directory: String) -> Int? {
        guard let folder = unsafe opendir(directory) else { return nil }
        defer { _ = unsafe closedir(folder) }
        while let entry = unsafe readdir(folder) {
            let entry = unsafe withUnsafeBytes(of: entry.pointee.d_name) { unsafe text(of: $0) }
            guard let number = Int(entry) else { continue }
            if text(of: "\(directory)/\(entry)/comm").split(separator: "\n").first == name[...] { return number }
        }
        return nil
    }

    private static func kernel() -> (release: String, version: String) {
        var names = utsname()
        guard unsafe uname(&names) == 0 else { return ("", "") }
        return (
            unsafe withUnsafeBytes(of: names.release) { unsafe text(of: $0) },
            unsafe withUnsafeBytes(of: names.version) { unsafe text(of: $0) }
        )
    }

    private static func text(of bytes: UnsafeRawBufferPointer) -> String {
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The start of a file of the kernel's; empty when it cannot be read.
    private static func text(of path: String) -> String {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = unsafe read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
