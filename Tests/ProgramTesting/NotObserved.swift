// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Something a test waited for did not happen in time.
package struct NotObserved: Error, CustomStringConvertible {
    package let description: String

    package init(_ what: String, within limit: Duration, _ evidence: String) {
        description = "not observed within \(limit): \(what)\(evidence.isEmpty ? "" : "\n\(evidence)")"
    }
}
