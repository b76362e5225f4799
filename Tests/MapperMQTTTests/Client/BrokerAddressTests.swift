// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperMQTT
import Testing

@Suite struct BrokerAddressTests {
    @Test(arguments: [
        ("tcp://127.0.0.1:1883", "tcp://127.0.0.1:1883"),
        ("mqtt://broker", "tcp://broker:1883"),
        ("broker", "tcp://broker:1883"),
        ("broker:2000", "tcp://broker:2000"),
        ("SSL://broker", "ssl://broker:8883"),
        ("mqtts://broker:1/", "ssl://broker:1"),
        ("tls://[fe80::1]", "ssl://[fe80::1]:8883"),
        ("[::1]:1884", "tcp://[::1]:1884"),
    ])
    func reads(text: String, expected: String) throws {
        #expect(try BrokerAddress(text).description == expected)
    }

    @Test(arguments: [
        ("http://broker", "'http' is no scheme"), ("", "no host"), ("tcp://", "no host"), (":1883", "no host"),
        ("broker:", "'' is no port"), ("broker:0", "'0' is no port"), ("broker:65536", "'65536' is no port"),
        ("::1", "brackets"), ("[::1", "']' is missing"), ("[::1]x", "after ']'"),
        ("a b", "no host"), ("tcp://broker/path", "no host"),
    ])
    func refuses(text: String, reason: String) {
        let error = #expect(throws: MQTTError.self) { try BrokerAddress(text) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("'\(text)'") == true)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "tcp://user:word@broker:1", "tcp://user@broker:1", "user:word@broker:1", "ssl://user:wo@rd@broker:1",
        "tcp://user:wo/rd@broker:1", "tcp://user:word@[::1]:1", "http://user:word@broker:1", "user://word@broker:1",
    ])
    func saysWhereUserAndPasswordBelongAndRepeatsNeither(text: String) throws {
        let error = try #require(throws: MQTTError.self) { try BrokerAddress(text) }
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("mqtt.username and mqtt.password"), "\(error.message)")
        #expect(error.message.contains(text.hasSuffix("]:1") ? "@[::1]:1'" : "@broker:1'"), "\(error.message)")
        for secret in ["user:", "user@", "word@", "wo@", "rd@", "wo/"] {
            #expect(!error.message.contains(secret), "\(error.message)")
        }
    }
}
