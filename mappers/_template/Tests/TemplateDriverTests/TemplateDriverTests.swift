// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import TemplateDriver
import Testing

@Suite struct TemplateDriverTests {
    @Test func `The driver speaks one protocol`() {
        #expect(TemplateDriver().protocolNames == ["template-protocol"])
    }
}
