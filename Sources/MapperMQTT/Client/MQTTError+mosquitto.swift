// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibMosquitto
import Glibc

extension MQTTError {
    /// Puts a result of libmosquitto into words.
    /// - Parameters:
    ///   - result: what the function returned, not 0.
    ///   - errno: the system's error number right after the call.
    ///   - task: what was tried, as in "could not …".
    ///   - complaint: what the library said in its own log.
    init(mosquitto result: CInt, errno: CInt, task: String, complaint: String?) {
        let reason: String
        let code: Code
        switch mosq_err_t(result) {
        // A broker that hangs up while we still speak shows like this; the last is libmosquitto's word for a TLS alert.
        case MOSQ_ERR_ERRNO where [ECONNRESET, EPIPE, EPROTO].contains(errno):
            (code, reason) = (.connectionLost, SystemErrors.text(errno))
        case MOSQ_ERR_ERRNO: (code, reason) = (.unreachable, SystemErrors.text(errno))
        case MOSQ_ERR_EAI, MOSQ_ERR_LOOKUP: (code, reason) = (.unreachable, "the host name is not known")
        case MOSQ_ERR_CONN_REFUSED: (code, reason) = (.connectionRefused, "the broker refused")
        case MOSQ_ERR_TLS, MOSQ_ERR_TLS_HANDSHAKE:
            (code, reason) = (.tls, Self.tlsReason(complaint))
        case MOSQ_ERR_CONN_LOST: (code, reason) = (.connectionLost, "the broker closed the connection")
        case MOSQ_ERR_KEEPALIVE: (code, reason) = (.connectionLost, "the broker is silent")
        case MOSQ_ERR_NO_CONN: (code, reason) = (.notConnected, "there is no connection")
        case MOSQ_ERR_NOMEM: (code, reason) = (.systemFailure, "out of memory")
        case MOSQ_ERR_INVAL, MOSQ_ERR_MALFORMED_UTF8, MOSQ_ERR_PAYLOAD_SIZE, MOSQ_ERR_OVERSIZE_PACKET:
            (code, reason) = (.invalidMessage, Self.libraryText(result))
        default: (code, reason) = (.connectionLost, Self.libraryText(result))
        }
        self.init(code, "could not \(task): \(reason)")
    }

    /// Puts the broker's answer to a connection request into words (MQTT 3.1.1, table 3.1).
    init(connectAnswer: CInt, server: BrokerAddress, clientID: String, username: String?) {
        let user = username.map { "user '\($0)'" } ?? "a client without a user name"
        let reason =
            switch connectAnswer {
            case 1: "it does not speak MQTT 3.1.1"
            case 2: "it rejects the client id '\(clientID)'"
            case 3: "it is not available"
            case 4: "wrong user name or password (\(user))"
            case 5: "\(user) is not authorised; check user name, password and the broker's access rules"
            default: "code \(connectAnswer)"
            }
        self.init(.connectionRefused, "\(server) refused the connection: \(reason)")
    }

    /// Keeps the part of `OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed` that means something.
    private static func tlsReason(_ complaint: String?) -> String {
        guard let complaint else { return "no secure connection came about" }
        return complaint.ranges(of: "::").last.map { "TLS: \(complaint[$0.upperBound...])" } ?? complaint
    }

    private static func libraryText(_ result: CInt) -> String {
        guard let text = unsafe mosquitto_strerror(result) else { return "libmosquitto error \(result)" }
        return unsafe String(cString: text)
    }
}
