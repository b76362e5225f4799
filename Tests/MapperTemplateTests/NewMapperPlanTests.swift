// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MapperTemplate

@Suite struct NewMapperPlanTests {
    @Test func `Without options the folder, the protocol and MapperKit follow from the name and the place`() throws {
        let workshop = try Workshop()
        try workshop.makeMapperKit("kit")
        try workshop.makeFolder("kit/.build")
        let (mapper, place, path) = try NewMapperPlan(name: "HeatPump")
            .resolved(workingDirectory: workshop.path, program: "\(workshop.path)/kit/.build")
        #expect(mapper.protocolName.text == "heat-pump")
        #expect(mapper.origin == .folder("\(workshop.path)/kit"))
        #expect(place.path == "\(workshop.path)/heat-pump-mapper")
        #expect(path == "heat-pump-mapper")
    }

    @Test func `All that is wrong is said at once`() throws {
        let workshop = try Workshop()
        let plan = NewMapperPlan(name: "heat pump", directory: "none/new/", protocolName: "a b", mapperkit: "gone")
        let refusal = #expect(throws: NewMapperRefusal.self) {
            try plan.resolved(workingDirectory: workshop.path, program: workshop.path)
        }
        #expect(refusal?.errors.map(\.code) == [.usage, .usage, .cannotCreate, .usage])
        let other = NewMapperPlan(name: "heat pump", directory: "new", protocolName: "a b", mapperkit: "gone")
        let second = #expect(throws: NewMapperRefusal.self) {
            try other.resolved(workingDirectory: workshop.path, program: workshop.path)
        }
        #expect(second?.errors.map(\.code) == [.usage, .usage, .usage])
    }
}
