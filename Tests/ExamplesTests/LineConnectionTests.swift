// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import ProgramTesting
import Testing

@testable import line_mapper

extension ExamplesTests {
    /// What devices do that should not: no answer is ever taken for that to another question.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct LineConnectionTests {
        private func connection(to peer: ScriptedPeer, milliseconds: Int = 5000) throws -> LineConnection {
            try LineConnection(to: "localhost", peer.port, timeout: .milliseconds(milliseconds))
        }

        private func code(_ body: () throws -> String) -> DeviceError.Code? {
            do {
                _ = try body()
                return nil
            } catch {
                return (error as? DeviceError)?.code
            }
        }

        @Test func `Questions and answers share one connection`() throws {
            let peer = try ScriptedPeer([.say("OK 1\n"), .say("OK zwölf\r\n"), .say("\n")])
            let connection = try connection(to: peer)
            #expect(try ["a", "b", "c"].map(connection.ask) == ["OK 1", "OK zwölf", ""])
            #expect(peer.questions == ["a", "b", "c"] && peer.connections == 1)
        }

        @Test func `A late answer is not taken for the answer to the next question`() throws {
            let peer = try ScriptedPeer([.late("OK 1\n"), .say("OK 2\n")])
            let connection = try connection(to: peer, milliseconds: 200)
            let begin = ContinuousClock.now
            #expect(code { try connection.ask("first") } == .timedOut)
            #expect(ContinuousClock.now - begin >= .milliseconds(190))
            #expect(try connection.ask("second") == "OK 2")
            #expect(peer.connections == 2)
        }

        @Test func `What nobody asked for is not taken for an answer`() throws {
            for _ in 0..<20 {
                let peer = try ScriptedPeer([.say("OK 1\n"), .say("OK 2\n"), .say("OK 3\n")])
                let connection = try connection(to: peer)
                #expect(try connection.ask("first") == "OK 1")
                peer.sayUnasked("OK 9\n")
                #expect(try connection.ask("second") == "OK 2")
                #expect(try connection.ask("third") == "OK 3")
            }
        }

        @Test(arguments: [
            (ScriptedPeer.Reply.say("OK 1\nOK 9\n"), DeviceError.Code.malformedResponse),
            (.bytes([0xFF, 0xFE, 0x0A]), .malformedResponse),
            (.say(String(repeating: "x", count: 5000)), .malformedResponse),
            (.say("OK 1"), .timedOut), (.silence, .timedOut), (.hangUp, .disconnected),
        ])
        func `An improper answer is an error, and the next question has its own`(
            reply: ScriptedPeer.Reply,
            expected: DeviceError.Code
        ) throws {
            let peer = try ScriptedPeer([reply, .say("OK 2\n")])
            let connection = try connection(to: peer, milliseconds: 500)
            #expect(code { try connection.ask("first") } == expected)
            #expect(try connection.ask("second") == "OK 2")
        }

        @Test func `A device that has hung up since is connected to again`() async throws {
            let peer = try ScriptedPeer([.say("OK 1\n"), .say("OK 2\n")])
            let connection = try connection(to: peer)
            #expect(try connection.ask("first") == "OK 1")
            peer.hangUpOnAll()
            #expect(try connection.ask("second") == "OK 2")
        }

        @Test func `Nobody there is said as that`() throws {
            let port = try LoopbackSocket.freePort()
            #expect(code { try LineConnection(to: "127.0.0.1", port, timeout: .seconds(5)).ask("") } == .unreachable)
            #expect(
                code { try LineConnection(to: "no.such.host.invalid", 1, timeout: .seconds(5)).ask("") } == .unreachable
            )
        }

        @Test func `A question is one line`() throws {
            let peer = try ScriptedPeer([])
            let connection = try connection(to: peer)
            #expect(throws: ValueError.self) { try connection.ask("SET label a\nSET fan true") }
            #expect(throws: ValueError.self) { try connection.ask("SET label a\r\nSET fan true") }
            #expect(peer.questions == [])
        }
    }
}
