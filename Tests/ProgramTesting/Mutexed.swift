// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Synchronization

/// A lock with a value that several can hold on to.
package final class Mutexed<Value: Sendable>: Sendable {
    package let value: Mutex<Value>

    package init(_ value: Value) { self.value = Mutex(value) }
}
