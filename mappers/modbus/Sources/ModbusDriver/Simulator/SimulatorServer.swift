// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit

/// Serves simulated units at any number of places, all on one thread: nothing in it waits for a client.
struct SimulatorServer: ~Copyable {
    /// How long new clients wait when the process can open no more files.
    private static let acceptPause = Duration.milliseconds(100)

    private let places: [SimulatorPlace]
    private let listeners: [CInt: Int]
    private let waiting: SimulatorWait
    private let log: RequestLog?
    private let desk: SimulatorDesk
    private var channels: [CInt: SimulatorChannel] = [:]
    private var agenda = SimulatorAgenda()
    private var lastID: UInt64 = 0
    private var acceptsFrom = ContinuousClock.now

    init(_ plans: [SimulatorPlacePlan], stop: StopSignal, log: RequestLog?) throws(DeviceError) {
        let places = plans.map { SimulatorPlace($0) }
        self.places = places
        listeners = places.enumerated().reduce(into: [:]) { listeners, place in
            if case .listener(let socket) = place.element.endpoint.source { listeners[socket] = place.offset }
        }
        waiting = SimulatorWait(stop: stop, isExact: places.contains { $0.endpoint.lineTime != .none })
        self.log = log
        desk = try SimulatorDesk()
    }

    /// Serves until the stop signal is raised.
    mutating func run() {
        for (index, place) in places.enumerated() {
            if case .terminal(let terminal, _) = place.endpoint.source { open(terminal, at: index) }
        }
        while let ready = waiting.wait(for: descriptors, until: nextEvent) {
            for descriptor in ready {
                if let index = listeners[descriptor] { accept(at: index) } else { receive(on: descriptor) }
            }
            endFrames()
            sendDue()
            log?.flushIfDue()
        }
        for channel in channels.values { end(channel) }
    }

    private var descriptors: [CInt] {
        (acceptsFrom <= .now ? Array(listeners.keys) : []) + Array(channels.keys)
    }

    private var nextEvent: ContinuousClock.Instant? {
        let flush = log.map { _ in ContinuousClock.now + RequestLog.interval }
        let accept = acceptsFrom > .now ? acceptsFrom : nil
        return ([flush, accept, agenda.nextDue] + channels.values.map(\.silenceEnd)).compactMap(\.self).min()
    }

    private mutating func open(_ descriptor: CInt, at index: Int) {
        lastID += 1
        channels[descriptor] = SimulatorChannel(id: lastID, descriptor: descriptor, index: index, of: places[index])
    }

    private mutating func end(_ channel: SimulatorChannel) {
        agenda.removeAll(of: channel.id)
        channels[channel.descriptor] = nil
        // A terminal belongs to its place.
        if !channel.isLine { close(channel.descriptor) }
    }

    private mutating func accept(at index: Int) {
        guard case .listener(let listener) = places[index].endpoint.source else { return }
        let client = Descriptor.moveUp(Glibc.accept(listener, nil, nil))
        guard client >= 0, fcntl(client, F_SETFL, O_NONBLOCK) == 0 else {
            if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) { acceptsFrom = .now + Self.acceptPause }
            return
        }
        // Answers leave whole and at once.
        Descriptor(number: client).set(TCP_NODELAY, of: CInt(IPPROTO_TCP), to: CInt(1))
        log?.accepted(on: places[index].endpoint.description)
        open(client, at: index)
    }

    private mutating func receive(on descriptor: CInt) {
        guard var channel = channels[descriptor] else { return }
        guard channel.receive() else { return end(channel) }
        do throws(SimulatorChannel.Nonsense) {
            while let request = try channel.nextRequest() {
                guard answer(request, on: &channel) else { return end(channel) }
            }
            channels[descriptor] = channel
        } catch {
            end(channel)
        }
    }

    private mutating func endFrames() {
        let now = ContinuousClock.now
        for var channel in channels.values where channel.silenceEnd.map({ $0 <= now }) ?? false {
            if let request = channel.endBySilence() { _ = answer(request, on: &channel) }
            channels[channel.descriptor] = channel
        }
    }

    /// Works on a request; false when the connection is to be closed instead of an answer.
    private mutating func answer(_ request: SimulatorRequest, on channel: inout SimulatorChannel) -> Bool {
        let place = places[channel.place]
        let outcome = desk.outcome(of: request, at: place)
        log?.received(request, on: place.endpoint.description, befallenBy: outcome.faults)
        if outcome.hangsUp, !place.endpoint.isLine { return false }
        let line = place.endpoint.lineTime
        // A request ends when all its characters have come, and is followed by a silence.
        let start = max(.now, channel.freeAt) + line.character * request.frame.count + line.frameGap
        guard let answer = outcome.answer else {
            channel.freeAt = max(channel.freeAt, start)
            return true
        }
        let end = start + outcome.turnaround + line.character * answer.count
        agenda.add(SimulatorAgenda.Entry(due: end + outcome.delay, channel: channel, bytes: answer))
        channel.freeAt = outcome.delay == .zero ? end + line.frameGap : start
        return true
    }

    private mutating func sendDue() {
        while let entry = agenda.next(at: .now) {
            guard let channel = channels[entry.descriptor], channel.id == entry.channel else { continue }
            if !channel.send(entry.bytes) { end(channel) }
        }
    }
}
