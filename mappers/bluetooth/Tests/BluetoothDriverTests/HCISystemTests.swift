// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Testing

@testable import BluetoothDriver

@Suite("What is wrong with a machine's Bluetooth")
struct HCISystemTests {
    /// A machine on which all is well.
    private static func facts(_ change: (inout SystemFacts) -> Void = { _ in }) -> SystemFacts {
        var facts = SystemFacts(
            kernelRelease: "6.12.117+deb12-amd64",
            kernelVersion: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1~deb12u1 (2026-11-14)"
        )
        facts.capabilities = 1 << 12 | 1 << 13
        let bytes = MGMTBytes.controller(current: [.powered, .lowEnergy])
        facts.adapters = .success([AdapterInfo(index: 0, parameters: bytes)].compactMap(\.self))
        change(&facts)
        return facts
    }

    /// What is not fine.
    private func troubles(_ change: (inout SystemFacts) -> Void = { _ in }) -> [SystemFinding] {
        SystemFindings(facts: Self.facts(change)).all.filter { $0.severity != .fine }
    }

    @Test("where all is well, everything is fine")
    func fine() {
        #expect(troubles() == [])
        #expect(SystemFindings(facts: Self.facts()).all.count == 6)
    }

    @Test("Debian's faulty kernels are known by what they were built of")
    func kernels() throws {
        func version(_ release: String, _ version: String) throws -> KernelVersion {
            try #require(KernelVersion(release: release, version: version))
        }
        let debian = "#1 SMP PREEMPT_DYNAMIC Debian "
        for revision in ["1", "2"] {
            #expect(
                try version("6.1.0-49-amd64", debian + "6.1.192-\(revision) (2026-11-01)").crashesOnFailedConnection
            )
        }
        #expect(try !version("6.1.0-49-amd64", debian + "6.1.192-3 (2026-12-01)").crashesOnFailedConnection)
        #expect(try version("6.1.192", "#1 SMP").crashesOnFailedConnection)
        for patch in [170, 180, 190] {
            let kernel = try version("6.1.0-40-amd64", debian + "6.1.\(patch)-1 (2026-01-01)")
            #expect(kernel.blocksWhileReceiving && !kernel.crashesOnFailedConnection)
        }
        for text in ["6.1.169-1", "6.1.191-1", "6.12.117-1~deb12u1", "6.12.180-1"] {
            let kernel = try version("6.1.0-40-amd64", debian + text)
            #expect(!kernel.blocksWhileReceiving && !kernel.crashesOnFailedConnection, "\(text)")
        }
        #expect(try version("5.15.0-91-generic", "#101-Ubuntu SMP").numbers == [5, 15, 0])
        #expect(try version("6.6-rc1", "").numbers == [6, 6])
        #expect(KernelVersion(release: "", version: "") == nil)
    }

    @Test("a kernel that crashes is a fault with a cure")
    func crash() {
        let found = troubles { $0.kernelVersion = "#1 SMP Debian 6.1.192-2 (2026-11-01)" }
        #expect(found.map(\.severity) == [.fault])
        #expect(found.first?.sentence.contains("6.1.192-2") == true)
        #expect(found.first?.cure?.contains("linux-image-6.12-amd64") == true)
        #expect(troubles { $0.kernelVersion = "#1 SMP Debian 6.1.176-1 (x)" }.map(\.severity) == [.warning])
    }

    @Test("missing capabilities are named with what does not work without them")
    func capabilities() {
        let admin = troubles { $0.capabilities = 1 << 13 }
        #expect(admin.map(\.severity) == [.warning])
        #expect(admin.first?.sentence.contains("CAP_NET_ADMIN") == true)
        #expect(admin.first?.cure?.contains("[NET_ADMIN]") == true)
        let raw = troubles { $0.capabilities = 1 << 12 }
        #expect(raw.map { $0.sentence.contains("CAP_NET_RAW") } == [true])
        #expect(troubles { $0.capabilities = nil }.count == 2)
    }

    @Test("no sockets is a fault, with the container's cure for the container's error")
    func sockets() {
        func found(_ number: CInt) -> [SystemFinding] {
            troubles { facts in
                facts.socketError = BluetoothErrno(number)
                facts.adapters = nil
            }
        }
        #expect(found(EAFNOSUPPORT).map(\.severity) == [.fault])
        #expect(found(EAFNOSUPPORT).first?.cure?.contains("hostNetwork: true") == true)
        #expect(found(EPROTONOSUPPORT).first?.cure?.contains("modprobe") == true)
        #expect(found(EACCES).first?.cure?.contains("seccomp") == true)
    }

    @Test("adapters that are missing, off or too old are told")
    func adapters() throws {
        func found(_ bytes: [UInt8]) throws -> [SystemFinding] {
            let adapter = try #require(AdapterInfo(index: 0, parameters: bytes))
            return troubles { $0.adapters = .success([adapter]) }
        }
        #expect(troubles { $0.adapters = .success([]) }.map(\.severity) == [.fault])
        let refused = ManagementError.refused(.readIndexList, index: 0xFFFF, .permissionDenied)
        #expect(troubles { $0.adapters = .failure(refused) }.map(\.cure) == ["needs CAP_NET_ADMIN"])
        #expect(try found(MGMTBytes.controller(current: [.lowEnergy])).first?.sentence.contains("is off") == true)
        #expect(try found(MGMTBytes.controller(current: [.powered])).first?.sentence.contains("disabled") == true)
        let classic = MGMTBytes.controller(supported: [.classic], current: [.powered])
        #expect(try found(classic).first?.sentence.contains("cannot do") == true)
    }

    @Test("an adapter that is all right is told with its version, and sockets with whose network it is")
    func details() throws {
        let sentences = SystemFindings(facts: Self.facts()).all.map(\.sentence)
        #expect(sentences.contains { $0.contains(", Bluetooth ") && $0.hasSuffix("is on, with Low Energy") })
        #expect(sentences.contains { $0.contains("the host's network namespace") })
        var adapter = try #require(AdapterInfo(index: 0, parameters: MGMTBytes.controller(current: [.powered])))
        adapter.version = 9
        #expect(adapter.versionName == "5.0")
        adapter.version = 3
        #expect(adapter.versionName == nil)
    }

    @Test("bluetoothd is a warning")
    func bluetoothd() {
        let found = troubles { $0.bluetoothd = 4711 }
        #expect(found.map(\.severity) == [.warning])
        #expect(found.first?.sentence.contains("4711") == true)
    }

    @Test("capabilities are read from the process's status")
    func status() {
        let text = "Name:\tx\nCapPrm:\t0000000000000000\nCapEff:\t00000000a80425fb\nCapBnd:\t1\n"
        #expect(SystemFacts.capabilities(in: text) == 0xA804_25FB)
        #expect(SystemFacts.capabilities(in: "Name:\tx\n") == nil)
    }

    @Test("this machine can be looked at")
    func gather() async {
        let facts = await SystemFacts.gather()
        #expect(KernelVersion(release: facts.kernelRelease, version: facts.kernelVersion) != nil)
        #expect(facts.capabilities != nil)
        #expect(facts.socketError != nil || facts.adapters != nil)
        #expect(await SystemFindings.ofThisMachine().count >= 5)
    }

    @Test("a process is found by its name")
    func process() {
        var name = [UInt8](repeating: 0, count: 16)
        let file = open("/proc/self/comm", O_RDONLY)
        defer { close(file) }
        let count = read(file, &name, name.count)
        let text = String(decoding: name.prefix(max(count - 1, 0)), as: UTF8.self)
        #expect(SystemFacts.process(named: text, in: "/proc") != nil)
        #expect(SystemFacts.process(named: "no such process", in: "/proc") == nil)
        #expect(SystemFacts.process(named: text, in: "/nonexistent") == nil)
    }

    static let errors: [(CInt, String, Bool)] = [
        (ENOSYS, "failed to be established", true),
        (EINPROGRESS, "was not heard", true),
        (ETIMEDOUT, "the link was lost", true),
        (ECONNRESET, "the device ended", true),
        (ECONNABORTED, "ended here", true),
        (ENOTCONN, "no connection any more", true),
        (EBUSY, "held by another process: bluetoothd or a second mapper?", true),
        (EHOSTUNREACH, "the adapter is down", true),
        (EMLINK, "as many connections", true),
        (EACCES, "pairing", false),
        (EPERM, "CAP_NET_RAW", false),
        (EAFNOSUPPORT, "hostNetwork: true", false),
        (EMSGSIZE, "longer", false),
        (EBADF, "Bad file descriptor", false),
    ]

    @Test("error numbers have Bluetooth's meaning, and say whether to try again", arguments: errors)
    func errno(number: CInt, words: String, isTransient: Bool) {
        let error = BluetoothErrno(number)
        #expect(error.description.contains(words))
        #expect(error.description.hasSuffix("(error \(number))"))
        #expect(error.isTransient == isTransient)
    }
}
