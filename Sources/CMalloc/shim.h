// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// As in malloc.h, which would bring half of the C library with it, as if it were this module's.
extern int mallopt(int parameter, int value);

/// The parameter of `mallopt` that says how many arenas there may be (M_ARENA_MAX).
static const int malloc_arena_limit = -8;
