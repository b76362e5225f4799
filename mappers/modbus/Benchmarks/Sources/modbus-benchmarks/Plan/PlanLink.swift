// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a link that plans are measured on.
struct PlanLink: Sendable {
    var name: String
    /// `nil` for Modbus TCP.
    var baudRate: Int?
    /// What the devices take to answer, in milliseconds.
    var turnaround = 0

    static let all: [PlanLink] =
        [9600, 19200, 115_200].flatMap { (baudRate: Int) in
            [0, 10].map { PlanLink(name: "\(baudRate) +\($0) ms", baudRate: baudRate, turnaround: $0) }
        } + [PlanLink(name: "TCP", baudRate: nil)]

    /// The price by the physics; with eleven bits a character, as with parity.
    func price(roundTrip: Double) -> LinkPrice {
        guard let baudRate else { return LinkPrice(roundTrip: roundTrip, register: 1.25e-8) }
        return LinkPrice(baudRate: baudRate, bitsPerCharacter: 11, turnaround: Double(turnaround) / 1000)
    }
}
