// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import SwiftProtobuf

extension DMIConfiguration {
    /// The request that makes the mapper known, and asks for its devices.
    var registration: DMIMapperRegisterRequest {
        .with {
            // Without it EdgeCore makes no way back to the mapper (`dmiserver/server.go` at v1.23.1).
            $0.withData = true
            $0.mapper = .with {
                $0.name = name
                $0.version = version
                $0.apiVersion = apiVersion
                $0.protocol = protocolName
                $0.address = Data(mapperSocket.utf8)
                $0.state = "ok"
            }
        }
    }
}
