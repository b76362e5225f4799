// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <stddef.h>

/// A file of mappers/_template, as it was when this was compiled.
struct mapper_template_file {
    /// Where it is, seen from the template's folder.
    const char *path;
    const unsigned char *bytes;
    size_t count;
};

/// The files one by one; a null pointer behind the last.
const struct mapper_template_file *mapper_template_file_at(size_t index);
