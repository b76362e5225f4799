// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension OutgoingMessage.DataUpdate.Datum {
    /// Makes a telemetry value, with the time it was read and the model's type.
    init(_ value: TwinReport.Value) {
        self.value = value.text
        metadata = Metadata(timestamp: value.acquiredAt.milliseconds, type: value.dataType.rawValue)
    }
}
