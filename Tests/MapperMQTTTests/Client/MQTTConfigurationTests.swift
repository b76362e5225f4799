// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperMQTT
import Testing

@Suite struct MQTTConfigurationTests {
    @Test func makesUniqueClientIDsThatEveryBrokerAccepts() {
        let ids = (0..<100).map { _ in MQTTConfiguration().clientID }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { $0.count == 23 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
        #expect(MQTTConfiguration(clientID: "").clientID.count == 23)
        #expect(MQTTConfiguration(clientID: "me").clientID == "me")
    }

    @Test(arguments: [
        (MQTTConfiguration(caFile: "/etc/hosts"), "not encrypted"),
        (MQTTConfiguration(server: BrokerAddress(host: "h", port: 1, usesTLS: true), caFile: "/nowhere"), "/nowhere"),
        (
            MQTTConfiguration(
                server: BrokerAddress(host: "h", port: 1, usesTLS: true),
                certificateFile: "/etc/hosts"
            ), "both"
        ),
        (MQTTConfiguration(password: "x"), "no user name"),
    ])
    func refuses(configuration: MQTTConfiguration, reason: String) {
        let error = #expect(throws: MQTTError.self) {
            try MosquittoClient(configuration, logger: Logger(label: "test"))
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
}
