// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

#include "CMapperTemplate.h"

// Compilers told an older standard warn of it.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char package_swift[] = {
#embed "../../mappers/_template/Package.swift"
};

static const unsigned char readme[] = {
#embed "../../mappers/_template/README.md"
};

static const unsigned char git_ignore[] = {
#embed "../../mappers/_template/.gitignore"
};

static const unsigned char docker_ignore[] = {
#embed "../../mappers/_template/.dockerignore"
};

static const unsigned char dockerfile[] = {
#embed "../../mappers/_template/Dockerfile"
};

static const unsigned char config[] = {
#embed "../../mappers/_template/config.yaml"
};

static const unsigned char deployment[] = {
#embed "../../mappers/_template/deployment.yaml"
};

static const unsigned char deployment_dmi[] = {
#embed "../../mappers/_template/deployment-dmi.yaml"
};

static const unsigned char model[] = {
#embed "../../mappers/_template/devices/model.yaml"
};

static const unsigned char device[] = {
#embed "../../mappers/_template/devices/device.yaml"
};

static const unsigned char driver[] = {
#embed "../../mappers/_template/Sources/TemplateDriver/TemplateDriver.swift"
};

static const unsigned char program[] = {
#embed "../../mappers/_template/Sources/template-mapper/TemplateMapper.swift"
};

static const unsigned char driver_tests[] = {
#embed "../../mappers/_template/Tests/TemplateDriverTests/TemplateDriverTests.swift"
};

#define FILE(path, bytes) {path, bytes, sizeof bytes}

static const struct mapper_template_file files[] = {
    FILE("Package.swift", package_swift),
    FILE("README.md", readme),
    FILE(".gitignore", git_ignore),
    FILE(".dockerignore", docker_ignore),
    FILE("Dockerfile", dockerfile),
    FILE("config.yaml", config),
    FILE("deployment.yaml", deployment),
    FILE("deployment-dmi.yaml", deployment_dmi),
    FILE("devices/model.yaml", model),
    FILE("devices/device.yaml", device),
    FILE("Sources/TemplateDriver/TemplateDriver.swift", driver),
    FILE("Sources/template-mapper/TemplateMapper.swift", program),
    FILE("Tests/TemplateDriverTests/TemplateDriverTests.swift", driver_tests),
};

const struct mapper_template_file *mapper_template_file_at(size_t index) {
    return index < sizeof files / sizeof *files ? &files[index] : NULL;
}
