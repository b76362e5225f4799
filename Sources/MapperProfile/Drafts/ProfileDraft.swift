// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Everything found in all files, before references are followed.
struct ProfileDraft {
    var models: [ModelDraft] = []
    var devices: [DeviceDraft] = []
    /// Whether anything was there that describes devices, even if it lists none.
    var isProfile = false
    /// How many bytes were walked through so far to find the places of texts inside files.
    var mappedBytes = 0
}
