// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <malloc.h>
