// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Judges what a machine says about its Bluetooth: what works, what does not, and what to do about it.
public struct SystemFindings: Sendable {
    /// Bits of a process's capabilities (`linux/capability.h`).
    private enum Capability: Int {
        case netAdmin = 12
        case netRaw = 13
    }

    let facts: SystemFacts

    /// Looks at this machine.
    /// - Returns: the findings, in the order in which one depends on the other.
    public static func ofThisMachine() async -> [SystemFinding] {
        SystemFindings(facts: await SystemFacts.gather()).all
    }

    /// The findings.
    var all: [SystemFinding] {
        [kernel, sockets, netAdmin, netRaw].compactMap(\.self) + adapters + [bluetoothd].compactMap(\.self)
    }

    private var kernel: SystemFinding {
        let name = "Linux \(facts.kernelRelease)"
        guard let version = KernelVersion(release: facts.kernelRelease, version: facts.kernelVersion) else {
            return SystemFinding(.warning, "\(name) is of a version that cannot be read")
        }
        let exact = version.numbers.map(String.init).joined(separator: ".") + (version.revision.map { "-\($0)" } ?? "")
        if version.crashesOnFailedConnection {
            return SystemFinding(
                .fault,
                "\(name) (\(exact)) has a fault: one failed attempt to connect takes the host's Bluetooth down until "
                    + "it is rebooted",
                cure: "install another kernel, on Debian 12 linux-image-6.12-amd64"
            )
        }
        if version.blocksWhileReceiving {
            return SystemFinding(
                .warning,
                "\(name) (\(exact)) has a fault: a program that sleeps while receiving blocks its connection; this "
                    + "mapper never does, others may",
                cure: "a newer kernel, on Debian 12 linux-image-6.12-amd64"
            )
        }
        return SystemFinding(.fine, "\(name) (\(exact)) has no fault in its Bluetooth that is known here")
    }

    private var sockets: SystemFinding {
        guard let error = facts.socketError else {
            return SystemFinding(
                .fine,
                "Bluetooth sockets can be made: the kernel has Bluetooth, and this is the host's network namespace"
            )
        }
        let cure =
            switch error.number {
            case EAFNOSUPPORT: "hostNetwork: true in the Pod, or a kernel with Bluetooth and its modules loaded"
            case EPROTONOSUPPORT: "a kernel with Bluetooth, and `modprobe bluetooth` on the host"
            default: "allow AF_BLUETOOTH sockets: seccomp profile, AppArmor, SELinux"
            }
        return SystemFinding(.fault, "no Bluetooth socket can be made: \(error)", cure: cure)
    }

    private var netAdmin: SystemFinding {
        capability(
            .netAdmin,
            name: "CAP_NET_ADMIN",
            without: "adapters cannot be powered, devices not discovered or paired, signal strength not read"
        )
    }

    private var netRaw: SystemFinding {
        capability(.netRaw, name: "CAP_NET_RAW", without: "advertisements cannot be received")
    }

    private func capability(_ capability: Capability, name: String, without: String) -> SystemFinding {
        guard let capabilities = facts.capabilities else {
            return SystemFinding(.warning, "whether the process has \(name) cannot be found out; without it \(without)")
        }
        if capabilities & 1 << UInt64(capability.rawValue) != 0 {
            return SystemFinding(.fine, "the process has \(name)")
        }
        return SystemFinding(
            .warning,
            "the process lacks \(name): \(without)",
            cure: "securityContext.capabilities.add: [\(name.dropFirst(4))]; nothing needs privileged: true"
        )
    }

    private var adapters: [SystemFinding] {
        switch facts.adapters {
        case nil: []
        case .failure(let error):
            [SystemFinding(.fault, "the adapters cannot be listed: \(error)", cure: error.status?.cure)]
        case .success([]):
            [
                SystemFinding(
                    .fault,
                    "there is no Bluetooth adapter",
                    cure: "plug one in, or load its driver on the host"
                )
            ]
        case .success(let adapters): adapters.map(judge)
        }
    }

    private func judge(_ adapter: AdapterInfo) -> SystemFinding {
        let name = "\(adapter.label) (\(adapter.address)\(adapter.versionName.map { ", Bluetooth \($0)" } ?? ""))"
        guard adapter.supported.contains(.lowEnergy) else {
            return SystemFinding(
                .warning,
                "\(name) cannot do Bluetooth Low Energy",
                cure: "an adapter of version 4.0 on"
            )
        }
        guard adapter.current.contains(.powered) else {
            return SystemFinding(
                .warning,
                "\(name) is off; the mapper switches it on if it may",
                cure: "`btmgmt power on`; if that fails, `rfkill unblock bluetooth`"
            )
        }
        guard adapter.current.contains(.lowEnergy) else {
            return SystemFinding(
                .warning,
                "\(name) has Low Energy disabled; the mapper enables it if it may",
                cure: "`btmgmt le on`"
            )
        }
        return SystemFinding(.fine, "\(name) is on, with Low Energy")
    }

    private var bluetoothd: SystemFinding {
        guard let process = facts.bluetoothd else {
            return SystemFinding(.fine, "no bluetoothd is seen; a container sees only its own processes")
        }
        return SystemFinding(
            .warning,
            "bluetoothd runs (process \(process)): it answers pairing requests in the mapper's place, ends its discovery, "
                + "and may hold a device's connection",
            cure: "`systemctl disable --now bluetooth` on the host, or an adapter of the mapper's own"
        )
    }
}
