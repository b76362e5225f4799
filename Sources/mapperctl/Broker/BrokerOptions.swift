// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MapperMQTT

/// Which broker to use, and as whom.
struct BrokerOptions: ParsableArguments {
    @Option(
        name: .customLong("mqtt"),
        help: "The broker: tcp://HOST:PORT, ssl://HOST:PORT or HOST:PORT. (default: tcp://127.0.0.1:1883)"
    )
    var givenAddress: String?

    /// The broker to use where there is to be one.
    var address: String { givenAddress ?? "tcp://127.0.0.1:1883" }

    @Option(help: "The user's name at the broker.")
    var username: String?

    @Option(help: "The user's password at the broker.")
    var password: String?

    @Option(help: "A PEM file of the authorities that may have signed the broker's certificate.")
    var caFile: String?

    @Option(help: "A PEM file of this client's certificate.")
    var certificateFile: String?

    @Option(help: "A PEM file of that certificate's key.")
    var privateKeyFile: String?

    func configuration() throws(MQTTError) -> MQTTConfiguration {
        MQTTConfiguration(
            server: try BrokerAddress(address),
            username: username,
            password: password,
            caFile: caFile,
            certificateFile: certificateFile,
            privateKeyFile: privateKeyFile
        )
    }

    func validate() throws {
        do {
            _ = try BrokerAddress(address)
        } catch {
            throw ValidationError(error.message)
        }
    }
}
