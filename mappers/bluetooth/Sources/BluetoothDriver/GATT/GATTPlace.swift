// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says which characteristic is meant, as a profile names it.
struct GATTPlace: Hashable, Sendable {
    var characteristic: BluetoothUUID
    /// The service it has to be in; `nil` for any.
    var service: BluetoothUUID?
    /// Which of several with the same UUID, counted from 1 in the order of their handles; `nil` where there may be only
    /// one.
    var instance: Int?

    /// Finds it among all there are.
    /// - Throws: ``GATTFault`` when there is none, or the profile does not say which.
    func find(in table: GATTTable) throws(GATTFault) -> GATTCharacteristic {
        let candidates = table.characteristics(in: service).filter { $0.uuid == characteristic }
        guard !candidates.isEmpty else { throw .absent(self) }
        guard let instance else {
            guard candidates.count == 1, let only = candidates.first else {
                throw .ambiguous(self, candidates.count)
            }
            return only
        }
        guard candidates.indices.contains(instance - 1) else { throw .absent(self) }
        return candidates[instance - 1]
    }
}

extension GATTPlace: CustomStringConvertible {
    /// For a log: `characteristic 2a19 of service 180f`.
    var description: String {
        let number = instance.map { " number \($0)" } ?? ""
        return "characteristic \(characteristic)\(number)" + (service.map { " of service \($0)" } ?? "")
    }
}
