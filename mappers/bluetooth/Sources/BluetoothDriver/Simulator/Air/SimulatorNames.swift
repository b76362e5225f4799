// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Knows the names of the devices that are played, for lines that say what happens to them.
struct SimulatorNames: Sendable {
    /// Addresses by device, as `name` and, where there is one, `namespace/name`.
    var addresses: [String: BluetoothAddress] = [:]
    /// All addresses that are played.
    var known: Set<BluetoothAddress> = []

    /// What a line says; else a sentence that says what is allowed.
    func command(_ line: String) -> Result<SimulatorCommand, SimulatorLineMistake> {
        var words = line.split { $0.isWhitespace }.map { String($0) }
        if words.count >= 2, let address = addresses[words[1]] { words[1] = address.description }
        if let command = SimulatorCommand(words.joined(separator: " ")) {
            if known.contains(command.address) { return .success(command) }
            return .failure(SimulatorLineMistake(text: "nobody has the address \(command.address); \(devices)"))
        }
        if words.count >= 2, BluetoothAddress(words[1]) == nil {
            return .failure(SimulatorLineMistake(text: "there is no device '\(words[1])'; \(devices)"))
        }
        return .failure(SimulatorLineMistake(text: "'\(line)' says nothing: \(SimulatorCommand.allowed(for: line))"))
    }

    private var devices: String { "there are \(addresses.keys.sorted().joined(separator: ", "))" }
}

/// Tells why a line is not understood.
struct SimulatorLineMistake: Error, Hashable {
    var text: String
}
