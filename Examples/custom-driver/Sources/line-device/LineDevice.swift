// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Synchronization

/// Plays a device that speaks the line protocol: a fan heater with three values.
///
/// It is given the port to listen on, and says what it is asked.
@main
enum LineDevice {
    private static let values = Mutex(["temperature": "21.5", "setpoint": "20", "fan": "false"])

    static func main() {
        let port = CommandLine.arguments.dropFirst().first.flatMap { UInt16($0) } ?? 7070
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let isBound = withUnsafeBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { bind(listener, $0.baseAddress, socklen_t(bytes.count)) == 0 }
        }
        guard isBound, listen(listener, 128) == 0 else {
            say("127.0.0.1:\(port) cannot be had: \(String(cString: strerror(errno)))")
            exit(69)
        }
        say("listening on 127.0.0.1:\(port)")
        while true {
            let client = accept(listener, nil, nil)
            DispatchQueue.global().async { serve(client) }
        }
    }

    private static func serve(_ client: Int32) {
        guard let questions = fdopen(client, "r") else { return }
        defer { fclose(questions) }
        var (buffer, size): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
        defer { free(buffer) }
        while getline(&buffer, &size, questions) > 0, let line = buffer {
            let question = String(cString: line).split(whereSeparator: \.isWhitespace).map(String.init)
            let answer = answer(to: question)
            say("\(question.joined(separator: " ")) -> \(answer)")
            guard send(client, "\(answer)\n", answer.utf8.count + 1, Int32(MSG_NOSIGNAL)) > 0 else { return }
        }
    }

    private static func answer(to question: [String]) -> String {
        values.withLock { values in
            guard question.count > 1, let value = values[question[1]] else { return "ERR there is no such value" }
            switch (question[0], question.count) {
            case ("GET", 2): return "OK \(value)"
            case ("SET", 3) where question[1] != "temperature":
                values[question[1]] = question[2]
                return "OK \(question[2])"
            case ("SET", 3): return "ERR it is measured and cannot be set"
            default: return "ERR GET name or SET name value is understood"
            }
        }
    }

    private static func say(_ text: String) {
        print(text)
        fflush(nil)
    }
}
