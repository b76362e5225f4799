// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// Says what is news about scanning, once.
final class ScanLog: Sendable {
    private let logger: Logger
    private let last: Mutex<HCIScanNotice?> = Mutex(nil)

    init(_ logger: Logger) {
        self.logger = logger
    }

    func take(_ notice: HCIScanNotice) {
        let isNews = last.withLock { last in
            defer { last = notice }
            return last != notice
        }
        guard isNews else { return }
        switch notice {
        case .scanning: logger.debug("\(notice)")
        case .silent: logger.info("\(notice)")
        case .refused, .unanswered, .notSent, .closed: logger.warning("\(notice)")
        }
    }
}
