// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Knows the texts that EdgeCore takes as names and values of twins, whatever its version: `^[a-zA-Z0-9-_.,:/@#]*$`.
///
/// `ValidateTwinKey` and `ValidateTwinValue` in `edge/pkg/devicetwin/dtcommon/util.go`, at v1.0.0 as at v1.23.1.
public enum TwinCharacters {
    /// Whether a text can be a property's name: 1 to 128 of the characters.
    public static func isName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy(isAllowed)
    }

    /// Whether a text can be a value: at most 512 of the characters, or none.
    public static func isValue(_ text: String) -> Bool {
        text.utf8.count <= 512 && text.utf8.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_.,:/@#".utf8.contains(byte)
        }
    }
}
