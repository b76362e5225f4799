// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Asks a simulated peripheral's server what no client should ask.
struct SimulatorFuzz {
    private var random: FuzzRandom
    private var server: AttributeServer
    private var table = AttributeTable(FuzzPeripheral.services)
    private var faults = AttributeFaults()
    private var tally = FuzzTally()

    init(random: FuzzRandom) {
        self.random = random
        server = AttributeServer(mtu: self.random.one(of: [nil, 23, 100, 247, 517, 65535]))
    }

    mutating func run() throws -> FuzzTally {
        for _ in 0..<100 {
            disturb()
            let request =
                random.happens(60) ? random.mutated(FuzzPeripheral.request(&random)) : FuzzPeripheral.request(&random)
            let answer = server.answer(request, from: &table, with: &faults)
            guard answer.pdus.count <= 1 else { throw FuzzFinding("\(answer.pdus.count) answers to \(request)") }
            guard answer.pdus.allSatisfy({ !$0.isEmpty && $0.count <= server.mtu }) else {
                // The echo of a part is as long as what came, whatever the client was told.
                guard request.first == 0x16 else { throw FuzzFinding("too long an answer to \(request)") }
                continue
            }
            guard server.prepared.count <= AttributeServer.queueCapacity else { throw FuzzFinding("too many parts") }
            if answer.pdus.first?.first == 0x01 { tally.refused += 1 } else { tally.taken += 1 }
        }
        guard table.attributes.allSatisfy({ $0.value.count <= $0.maximumLength }) else {
            throw FuzzFinding("a value is longer than it may be")
        }
        return tally
    }

    /// Changes something on the server's side.
    private mutating func disturb() {
        switch random.number(0...40) {
        case 0: server.isEncrypted.toggle()
        case 1: faults.errors[UInt16(random.number(0...30))] = random.byte()
        case 2: faults = AttributeFaults()
        case 3: faults.spoilsEcho.toggle()
        case 4: faults.remainingPDUs = random.number(0...10)
        case 5:
            let shifted = table.shifted(by: random.number(0...70_000))
            // One without services has nothing left to ask for.
            guard shifted.attributes.count > 5 else { return }
            server.tableChanged(from: table, to: shifted)
            table = shifted
        case 6: table.protect(UInt16(random.number(0...30)), with: random.one(of: [0, 5, 15]))
        case 7...10:
            for pdu in server.tell(UInt16(random.number(0...30)), of: table) where pdu.count > server.mtu {
                faults.isSilent = true
            }
        default: break
        }
    }
}
#endif
