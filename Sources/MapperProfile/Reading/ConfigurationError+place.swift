// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ConfigurationError {
    /// Creates an error of a single finding.
    init(at location: SourceLocation?, _ message: String) {
        self.init([.error(at: location, message)])
    }
}
