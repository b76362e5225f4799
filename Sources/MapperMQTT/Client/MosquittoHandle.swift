// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibMosquitto
import Glibc

/// Owns one `struct mosquitto`, which serves for one connection.
///
/// A new connection gets a new handle: nothing half sent on the old one is repeated by the library behind our back,
/// and certificates are read again. All calls come from one thread, so the library runs without its own locks.
@safe struct MosquittoHandle: ~Copyable {
    /// Initialises the library before its first use; its own counter makes this safe to leave behind.
    private static let libraryIsReady = mosquitto_lib_init() == CInt(MOSQ_ERR_SUCCESS.rawValue)

    private let pointer: OpaquePointer
    /// Filled by callbacks during the methods below; lives as long as the handle, which the library points to it from.
    let inbox: MosquittoInbox

    /// Creates a handle that is ready to connect.
    static func make(_ configuration: MQTTConfiguration) throws(MQTTError) -> MosquittoHandle {
        let handle = try MosquittoHandle(clientID: configuration.clientID)
        handle.setCallbacks()
        try handle.sendAtOnce()
        try handle.applyLogin(configuration)
        try handle.applyTLS(configuration)
        try handle.applyWill(configuration)
        return handle
    }

    private init(clientID: String) throws(MQTTError) {
        let inbox = MosquittoInbox()
        guard Self.libraryIsReady,
            let pointer = unsafe mosquitto_new(clientID, true, Unmanaged.passUnretained(inbox).toOpaque())
        else {
            throw MQTTError(.systemFailure, "no MQTT client '\(clientID)': \(SystemErrors.text(errno))")
        }
        unsafe self.pointer = unsafe pointer
        self.inbox = inbox
    }

    deinit {
        unsafe mosquitto_destroy(pointer)
    }

    // MARK: Setting up

    private func setCallbacks() {
        unsafe mosquitto_connect_callback_set(pointer) { _, context, code in
            unsafe MosquittoInbox.from(context)?.connectAnswer = code
        }
        unsafe mosquitto_publish_callback_set(pointer) { _, context, number in
            unsafe MosquittoInbox.from(context)?.acknowledgements.append(.published(number))
        }
        unsafe mosquitto_unsubscribe_callback_set(pointer) { _, context, number in
            unsafe MosquittoInbox.from(context)?.acknowledgements.append(.unsubscribed(number))
        }
        unsafe mosquitto_subscribe_callback_set(pointer) { _, context, number, count, granted in
            let granted = unsafe Array(UnsafeBufferPointer(start: granted, count: Int(count)))
            unsafe MosquittoInbox.from(context)?.acknowledgements.append(.subscribed(number, granted: granted))
        }
        unsafe mosquitto_message_callback_set(pointer) { _, context, message in
            guard let message = unsafe message else { return }
            unsafe MosquittoInbox.from(context)?.receive(message.pointee)
        }
        unsafe mosquitto_log_callback_set(pointer) { _, context, level, text in
            guard level == MOSQ_LOG_ERR, let text = unsafe text else { return }
            unsafe MosquittoInbox.from(context)?.lastComplaint = unsafe String(cString: text)
        }
    }

    /// Turns Nagle's algorithm off: with it, what follows an acknowledgement of ours waits 40 ms for the broker's.
    private func sendAtOnce() throws(MQTTError) {
        try check(unsafe mosquitto_int_option(pointer, MOSQ_OPT_TCP_NODELAY, 1), "set up the connection")
    }

    private func applyLogin(_ configuration: MQTTConfiguration) throws(MQTTError) {
        guard let username = configuration.username else { return }
        try check(unsafe mosquitto_username_pw_set(pointer, username, configuration.password), "set the user name")
    }

    private func applyTLS(_ configuration: MQTTConfiguration) throws(MQTTError) {
        guard configuration.server.usesTLS else { return }
        // Without a CA file the library wants a directory of hashed certificates: the system's.
        let directory = configuration.caFile == nil ? "/etc/ssl/certs" : nil
        try check(
            unsafe mosquitto_tls_set(
                pointer,
                configuration.caFile,
                directory,
                configuration.certificateFile,
                configuration.privateKeyFile
            ) { buffer, size, _, _ in
                // A key with a passphrase must fail, not make OpenSSL ask on the terminal.
                if size > 0 { unsafe buffer?.pointee = 0 }
                return 0
            },
            "use the certificates"
        )
        try check(unsafe mosquitto_tls_insecure_set(pointer, !configuration.verifiesServerName), "set up TLS")
    }

    private func applyWill(_ configuration: MQTTConfiguration) throws(MQTTError) {
        guard let will = configuration.will else { return }
        try check(
            unsafe mosquitto_will_set(
                pointer,
                will.topic,
                CInt(will.payload.count),
                will.payload,
                CInt(will.qos),
                will.retain
            ),
            "set the last will on \(will.topic)"
        )
    }

    // MARK: Speaking

    /// Begins to connect without waiting for the broker; only the look-up of a host name may take time.
    func connect(_ configuration: MQTTConfiguration) throws(MQTTError) {
        let keepAlive = CInt(max(5, min(65535, configuration.keepAlive.components.seconds)))
        let server = configuration.server
        try check(
            unsafe mosquitto_connect_async(pointer, server.host, CInt(server.port), keepAlive),
            "connect to \(server)"
        )
    }

    /// Says goodbye, so that the broker does not speak the last will.
    func disconnect() {
        _ = unsafe mosquitto_disconnect(pointer)
    }

    /// Hands a message to the library.
    /// - Returns: the number its acknowledgement will carry.
    func publish(_ message: MQTTMessage) throws(MQTTError) -> CInt {
        var number: CInt = 0
        try check(
            unsafe mosquitto_publish(
                pointer,
                &number,
                message.topic,
                CInt(message.payload.count),
                message.payload,
                CInt(message.qos),
                message.retain
            ),
            "publish on \(message.topic.excerpt)"
        )
        return number
    }

    /// Asks for messages.
    /// - Returns: the number its acknowledgement will carry.
    func subscribe(_ filters: [String], qos: Int) throws(MQTTError) -> CInt {
        var number: CInt = 0
        let result = unsafe Self.withCStrings(filters) { strings in
            unsafe mosquitto_subscribe_multiple(
                pointer,
                &number,
                CInt(strings.count),
                strings.baseAddress,
                CInt(qos),
                0,
                nil
            )
        }
        try check(result, "subscribe to \(filters.joined(separator: ", ").excerpt)")
        return number
    }

    /// Asks for no more messages.
    /// - Returns: the number its acknowledgement will carry.
    func unsubscribe(_ filters: [String]) throws(MQTTError) -> CInt {
        var number: CInt = 0
        let result = unsafe Self.withCStrings(filters) { strings in
            unsafe mosquitto_unsubscribe_multiple(pointer, &number, CInt(strings.count), strings.baseAddress, nil)
        }
        try check(result, "unsubscribe from \(filters.joined(separator: ", ").excerpt)")
        return number
    }

    // MARK: Moving bytes

    /// The connection's socket; `nil` when the library has closed it.
    var socket: CInt? {
        let socket = unsafe mosquitto_socket(pointer)
        return socket < 0 ? nil : socket
    }

    /// Whether bytes wait to be sent.
    var wantsToWrite: Bool { unsafe mosquitto_want_write(pointer) }

    /// Takes what has arrived; callbacks run inside.
    func read() throws(MQTTError) { try check(unsafe mosquitto_loop_read(pointer, 1), "read from the broker") }

    /// Sends what waits.
    func write() throws(MQTTError) { try check(unsafe mosquitto_loop_write(pointer, 1), "write to the broker") }

    /// Keeps the connection alive; to be called about once a second.
    func keepAlive() throws(MQTTError) { try check(unsafe mosquitto_loop_misc(pointer), "hear from the broker") }

    // MARK: Helpers

    private func check(_ result: CInt, _ task: String) throws(MQTTError) {
        guard result != CInt(MOSQ_ERR_SUCCESS.rawValue) else { return }
        throw MQTTError(mosquitto: result, errno: errno, task: task, complaint: inbox.lastComplaint)
    }

    private static func withCStrings<Result>(
        _ strings: [String],
        _ body: (UnsafeBufferPointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = unsafe strings.map { unsafe strdup($0) }
        defer { unsafe copies.forEach { unsafe free($0) } }
        return unsafe copies.withUnsafeBufferPointer(body)
    }
}
