// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension DeviceID {
    /// Reads `name`, or `namespace/name` as EdgeCore v1.16 and later write it.
    init(topicForm text: String) {
        let parts = text.split(separator: "/", maxSplits: 1)
        if parts.count == 2 {
            self.init(String(parts[1]), namespace: String(parts[0]))
        } else {
            self.init(text)
        }
    }
}
