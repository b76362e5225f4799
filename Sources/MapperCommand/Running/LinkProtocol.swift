// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Chooses the protocol whose devices the edge link carries where a link carries those of one only.
///
/// EdgeCore sends a mapper the devices of the protocol it registers for. The driver of one protocol takes them whatever
/// Devices call it; one of several has to be told which they are.
struct LinkProtocol {
    /// The driver's name of the protocol.
    let name: String
    /// What is wrong with the choice.
    let diagnostics: [Diagnostic]

    init(_ driver: some DeviceDriver, _ settings: Settings) {
        let standard = driver.protocolNames.first ?? ""
        guard case .dmi(let dmi) = settings.edge, let combination = driver as? any DriverCombination else {
            (name, diagnostics) = (standard, [])
            return
        }
        let wanted = dmi.protocolName?.lowercased()
        if let name = driver.protocolNames.first(where: { $0.lowercased() == wanted }) {
            (self.name, diagnostics) = (name, [])
            return
        }
        let known = combination.protocols.map { $0.joined(separator: "/") }.joined(separator: ", ")
        let problem =
            dmi.protocolName.map { "'protocol' is '\($0)'\(Spelling.suggestion(for: $0, in: driver.protocolNames))" }
            ?? "'common.protocol' is missing, and by DMI EdgeCore sends a mapper the devices of one protocol"
        let message = "configuration: \(problem): this mapper speaks \(known); start it once for each"
        (name, diagnostics) = (standard, [.error(at: settings.protocolPlace, message)])
    }
}
