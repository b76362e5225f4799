// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperDMI

@Suite("Numbers that came as 32-bit floats")
struct WireNumberTests {
    @Test(arguments: [0, 1, -1, 502, 65535, 9600, 16_777_215, -16_777_215] as [Int64])
    func wholeNumbersAreWhole(_ number: Int64) {
        let read = WireNumber(Float(number))
        #expect(read.content.map { ConfigNode($0) } == ConfigNode(.int(number)))
        #expect(!read.isDoubtful)
    }

    /// What the reference observed: 16777217 arrives as 16777216.
    @Test(arguments: [16_777_216, 16_777_217, 4_294_967_295, -16_777_217, 1e18] as [Double])
    func largeWholeNumbersAreDoubtful(_ number: Double) {
        let read = WireNumber(Float(number))
        #expect(read.content.map { ConfigNode($0) } == ConfigNode(.int(Int64(Float(number)))))
        #expect(read.isDoubtful)
    }

    @Test(arguments: [0.1, 0.01, 2.5, 0.001, 1.5e-5, 21.75, 0.4536, -0.1, 123.456, 1e-7])
    func decimalsAreWhatWasWritten(_ number: Double) {
        let read = WireNumber(Float(number))
        #expect(read.content.map { ConfigNode($0) } == ConfigNode(.double(number)))
        #expect(!read.isDoubtful)
    }

    @Test(arguments: [0.123456789, 3.14159265358979, 0.3000001])
    func longDecimalsAreDoubtful(_ number: Double) { #expect(WireNumber(Float(number)).isDoubtful) }

    @Test func fractionsOfTwoAreCertain() { #expect(!WireNumber(0.0009765625).isDoubtful) }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func whatNoFileCanHoldIsNothing(_ number: Float) { #expect(WireNumber(number).content == nil) }

    @Test func beyondWholeNumbers() {
        #expect(WireNumber(3e38).isDoubtful)
        #expect(WireNumber(3e38).content != nil)
    }

    /// Every decimal of up to six digits survives the way through a float.
    @Test func sixDigitsSurvive() throws {
        for digits in stride(from: 1, through: 999_999, by: 37) {
            let number = Double(digits) / 1000
            let content = try #require(WireNumber(Float(number)).content)
            let expected: ConfigNode.Content = Int64(exactly: number).map { .int($0) } ?? .double(number)
            #expect(ConfigNode(content) == ConfigNode(expected))
        }
    }
}
