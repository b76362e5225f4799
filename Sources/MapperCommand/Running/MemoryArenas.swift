// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CMalloc

/// Keeps the memory of a process with many threads together.
///
/// The C library gives threads arenas of their own, eight for each processor, and what one has given back is of no use to
/// the others. With a thread for each device in use that took half as much again as the mapper needs, and went on growing
/// for an hour; a few arenas are enough for a process that mostly waits.
enum MemoryArenas {
    private static let most: CInt = 2

    /// To be called before there are threads.
    static func limit() { mallopt(malloc_arena_limit, most) }
}
