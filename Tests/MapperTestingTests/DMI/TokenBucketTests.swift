// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import mapperctl

struct TokenBucketTests {
    @Test func givesABurstThenOneEachSecond() {
        var bucket = TokenBucket()
        #expect(Self.take(130, of: &bucket, at: .seconds(5)) == 100)
        #expect(Self.take(1, of: &bucket, at: .milliseconds(5900)) == 0)
        #expect(Self.take(5, of: &bucket, at: .seconds(8)) == 3)
    }

    @Test func savesNoMoreThanABurst() {
        var bucket = TokenBucket(burst: 2)
        #expect(Self.take(1, of: &bucket, at: .zero) == 1)
        #expect(Self.take(9, of: &bucket, at: .seconds(3600)) == 2)
        // A clock that stands still, or goes back, gives nothing.
        #expect(Self.take(1, of: &bucket, at: .seconds(1)) == 0)
    }

    private static func take(_ count: Int, of bucket: inout TokenBucket, at now: Duration) -> Int {
        (0..<count).reduce(0) { sum, _ in sum + (bucket.take(at: now) ? 1 : 0) }
    }
}
