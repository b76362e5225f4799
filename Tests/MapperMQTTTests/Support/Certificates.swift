// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An authority, a broker's and a client's certificate, made by the openssl command for one test.
struct Certificates {
    let directory: URL

    var authority: String { directory.appending(path: "ca.crt").path }
    func certificate(_ name: String) -> String { directory.appending(path: "\(name).crt").path }
    func key(_ name: String) -> String { directory.appending(path: "\(name).key").path }

    init(in directory: URL, serverName: String = "IP:127.0.0.1") throws {
        self.directory = directory
        try openssl(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=test authority",
            "-keyout",
            key("ca"),
            "-out",
            authority
        )
        let extensions = directory.appending(path: "server.ext")
        try "subjectAltName=\(serverName)".write(to: extensions, atomically: true, encoding: .utf8)
        for name in ["server", "client"] {
            let request = directory.appending(path: "\(name).csr").path
            try openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=\(name)",
                "-keyout",
                key(name),
                "-out",
                request
            )
            try openssl(
                "x509",
                "-req",
                "-in",
                request,
                "-CA",
                authority,
                "-CAkey",
                key("ca"),
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                extensions.path,
                "-out",
                certificate(name)
            )
        }
    }

    private func openssl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
