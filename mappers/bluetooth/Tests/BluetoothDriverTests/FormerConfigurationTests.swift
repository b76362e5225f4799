// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Configuration files of KubeEdge's own Bluetooth mapper", .timeLimit(.minutes(1)))
struct FormerConfigurationTests {
    @Test("each section and each of its entries is answered by what to write instead, all at once")
    func everything() throws {
        let run = try ConfiguredRun(
            text: """
                mqtt:
                  mode: 0
                  server: tcp://127.0.0.1:1883
                  internal-server: tcp://10.0.0.7:1884
                device-model-name: weather-tag
                action-manager:
                  actions:
                    - name: SwitchOn
                      perform-immediately: true
                      device-property-name: power
                    - name: ReadHeat
                      perform-immediately: false
                      device-property-name: heat
                    - name: ReadLight
                      device-property-name: light
                scheduler:
                  schedules:
                    - name: both
                      interval: 3000
                      occurrence-limit: 10
                      actions: [ReadHeat, ReadLight]
                    - name: heat alone
                      interval: 0
                      actions: [ReadHeat, Unknown]
                watcher:
                  device-twin-attributes:
                    - device-property-name: power
                      actions: [SwitchOn]
                    - device-property-name: heat
                      actions: [SwitchOn, ReadHeat, ReadLight, SwitchOn]
                """
        )
        #expect(run.status == 78)
        let expected = """
            config.yaml:2:3: error: configuration: 'mode' 0 means the broker of 'internal-server': write 'server: tcp://10.0.0.7:1884' and remove both keys
            config.yaml:4:3: warning: configuration: 'internal-server' has no effect: the broker is always 'mqtt.server'
            config.yaml:5:1: error: configuration: 'device-model-name' has no effect here: each device of the profile names its model. Where a device was found by the name it advertises, write that name as 'name' in its protocol section (protocol.bluetooth.name), or its address as 'macAddress'
            config.yaml:6:1: error: configuration: 'action-manager' has no effect here: what is read and written are the properties of the device profile. Remove it
            config.yaml:8:7: error: configuration: action 'SwitchOn': property 'power' is read as soon as its device is there; if it was written at the start (ReadWrite), give it a desired value in the Device, which is written then
            config.yaml:11:7: error: configuration: action 'ReadHeat': property 'heat' is read in its own cycle, and written when its desired value changes
            config.yaml:14:7: error: configuration: action 'ReadLight': property 'light' is read in its own cycle, and written when its desired value changes
            config.yaml:16:1: error: configuration: 'scheduler' has no effect here: each property has a cycle of its own, 'collectCycle' in the Device. Remove it; what came on $ke/device/bluetooth-mapper/<id>/scheduler/result is now in the twin, and on $ke/events/device/<id>/data/update
            config.yaml:18:7: error: configuration: schedule 'both': write 'collectCycle: 3000' for the properties 'heat', 'light' in the Device, milliseconds (3000000000 in v1alpha1 and v1alpha2, which count nanoseconds); it is from one reading to the next, not a pause after each of the 2 actions; reading does not end after 10 times
            config.yaml:22:7: error: configuration: schedule 'heat alone': write 'collectCycle: 5000' for property 'heat' in the Device, milliseconds (5000000000 in v1alpha1 and v1alpha2, which count nanoseconds); it is from one reading to the next, not a pause after each of the 2 actions
            config.yaml:25:1: error: configuration: 'watcher' has no effect here: the desired values of all ReadWrite properties are watched, written once when they change, and read back. Remove it
            config.yaml:27:7: error: configuration: property 'power' is written when its desired value changes
            config.yaml:29:7: error: configuration: property 'heat' is written when its desired value changes, and nothing else with it: give the properties 'power', 'light' desired values too if they are to be written
            """
        #expect(run.complaints.joined(separator: "\n") == expected)
    }

    @Test("the external broker is what is taken anyway, and sections of other shapes are survived")
    func harmless() throws {
        let run = try ConfiguredRun(text: "mqtt: {mode: 1}\nscheduler: {schedules: 7}\nwatcher: [1, {actions: 2}]\n")
        #expect(run.status == 78)
        #expect(run.complaints.count == 3)
        #expect(
            run.complaints.first
                == "config.yaml:1:8: warning: configuration: 'mode' 1 has no effect, as the broker is always that of "
                + "'server': remove it"
        )
    }

    @Test(
        "KubeEdge's own samples are answered, entry by entry",
        .enabled(if: ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"] != nil, "MAPPERKIT_FIXTURES is not set"),
        arguments: [
            ("v1.3.1-bluetooth-mapper-config.yaml", 14), ("v1.3.1-bluetooth-e2e-mapper-config.yaml", 11),
            ("examples-764305f-bluetooth-cc2650-demo-mapper-config.yaml", 14),
        ]
    )
    func samples(name: String, count: Int) throws {
        let folder = try #require(ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"])
        let run = try ConfiguredRun("\(folder)/kubeedge/\(name)")
        #expect(run.status == 78)
        #expect(run.complaints.count == count, "\(run.complaints.joined(separator: "\n"))")
        #expect(run.complaints.allSatisfy { $0.contains("'") && $0.hasPrefix("config.yaml:") })
    }
}
