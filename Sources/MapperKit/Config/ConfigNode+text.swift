// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension ConfigNode {
    /// The group or the list that a text is as JSON; any other node as it is.
    ///
    /// EdgeCore v1.15 and later delivers texts, numbers and truth values, and drops a device that has anything else in
    /// its configuration. So what is a group or a list has to come as text. Every part has the text's place.
    /// ``ConfigDecoder`` does this wherever a type asks for a group or a list.
    public var unfolded: ConfigNode {
        guard case .string(let text) = content else { return self }
        return JSONTree.node(in: text, at: location) ?? self
    }
}
