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
    private var waiting: SimulatorWait
    private let log: RequestLog?
    private let desk: SimulatorDesk
    private var channels: [CInt: SimulatorChannel] = [:]
    private var agenda = SimulatorAgenda()
    private var lastID: UInt64 = 0
    private var acceptsFrom = ContinuousClock.now
    /// Whether other descriptors are to be waited for than last time.
    private var hasChanged = true
    /// Lines and connections on which a frame may end by silence.
    private var unfinished: Set<CInt> = []

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
        while let ready = nextReady() {
            for descriptor in ready {
                if let index = listeners[descriptor] { accept(at: index) } else { receive(on: descriptor) }
            }
            endFrames()
            sendDue()
            log?.flushIfDue()
        }
        for channel in channels.values { end(channel) }
    }

    /// Waits for the next descriptors with something to read, or the next event.
    private mutating func nextReady() -> [CInt]? {
        let isAccepting = acceptsFrom <= .now
        if hasChanged { waiting.watch((isAccepting ? Array(listeners.keys) : []) + Array(channels.keys)) }
        hasChanged = !isAccepting
        let flush = log.map { _ in ContinuousClock.now + RequestLog.interval }
        let events = [flush, isAccepting ? nil : acceptsFrom, agenda.nextDue]
        let silences = unfinished.map { channels[$0]?.silenceEnd }
        return waiting.wait(until: (events + silences).compactMap(\.self).min())
    }

    private mutating func open(_ descriptor: CInt, at index: Int) {
        lastID += 1
        hasChanged = true
        channels[descriptor] = SimulatorChannel(id: lastID, descriptor: descriptor, index: index, of: places[index])
    }

    private mutating func end(_ channel: SimulatorChannel) {
        agenda.removeAll(of: channel.id)
        channels[channel.descriptor] = nil
        unfinished.remove(channel.descriptor)
        hasChanged = true
        // A terminal belongs to its place.
        if !channel.isLine { close(channel.descriptor) }
    }

    private mutating func accept(at index: Int) {
        guard case .listener(let listener) = places[index].endpoint.source else { return }
        let client = Descriptor.moveUp(Glibc.accept(listener, nil, nil))
        guard client >= 0, fcntl(client, F_SETFL, O_NONBLOCK) == 0 else {
            if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) {
                acceptsFrom = .now + Self.acceptPause
                hasChanged = true
            }
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
            if channel.silenceEnd != nil { unfinished.insert(descriptor) } else { unfinished.remove(descriptor) }
        } catch {
            end(channel)
        }
    }

    private mutating func endFrames() {
        let now = ContinuousClock.now
        for descriptor in unfinished {
            guard var channel = channels[descriptor], let end = channel.silenceEnd, end <= now else { continue }
            if let request = channel.endBySilence() { _ = answer(request, on: &channel) }
            channels[descriptor] = channel
            unfinished.remove(descriptor)
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
