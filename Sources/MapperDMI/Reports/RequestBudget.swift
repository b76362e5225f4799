// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Keeps a mapper's requests below what EdgeCore and the way to the cloud bear.
///
/// EdgeCore admits one request a second after the first hundred, of all mappers on the node together, and refuses the
/// others (`edge/pkg/devicetwin/dmiserver/server.go` at v1.23.1). Every twin becomes one message to the cloud, of which
/// the node may send thirty a second of all kinds (`messageQPS` of EdgeHub). Where several mappers share a node and
/// are refused, each halves its pace and regains it slowly, so that they come to share it.
struct RequestBudget: Sendable {
    /// What refusals leave of the pace at least.
    private static let leastShare = 0.1
    private static let regainedShare = 0.02

    private let rate: Double
    private var requests: Allowance
    private var messages: Allowance
    private var share = 1.0

    init(_ configuration: DMIConfiguration, at uptime: Duration) {
        rate = configuration.requestsPerSecond
        requests = Allowance(rate: rate, burst: Double(configuration.requestBurst), at: uptime)
        let messageRate = configuration.messagesPerSecond
        messages = Allowance(rate: messageRate, burst: max(1, messageRate * 3), at: uptime)
    }

    /// When the next request may go: now, or later.
    func nextUptime(at uptime: Duration) -> Duration {
        max(requests.nextUptime(at: uptime), messages.nextUptime(at: uptime))
    }

    /// Counts a request that goes out now.
    /// - Parameter messages: How many messages to the cloud it becomes.
    mutating func spend(messages count: Int, at uptime: Duration) {
        requests.take(at: uptime)
        messages.take(count, at: uptime)
    }

    /// Notes that EdgeCore took a request.
    mutating func accepted() { pace(min(1, share + Self.regainedShare)) }

    /// Notes that EdgeCore refused one because there were too many.
    mutating func refused(at uptime: Duration) {
        pace(max(Self.leastShare, share / 2))
        requests.empty(at: uptime)
    }

    private mutating func pace(_ share: Double) {
        self.share = share
        requests.rate = rate * share
    }
}
