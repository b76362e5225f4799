// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// The versions of KubeEdge's device objects.
enum APIVersion: String, CaseIterable {
    case v1alpha1
    case v1alpha2
    case v1beta1

    /// The group of all of them.
    static let group = "devices.kubeedge.io"

    /// What `apiVersion` may say.
    static var words: [String] { allCases.map { "\(group)/\($0.rawValue)" } }

    init?(apiVersion: String) {
        let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == Self.group else { return nil }
        self.init(rawValue: String(parts[1]))
    }
}
