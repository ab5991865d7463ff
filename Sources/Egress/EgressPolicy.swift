/// Where requests may go.
package struct EgressPolicy: Sendable, Equatable {
    /// Hosts that may stand inside: of these any address and port will do. In lower case.
    package var allowedHosts: Set<String>
    /// Ports of everybody else.
    package var ports: Set<Int>

    package init(allowedHosts: Set<String> = [], ports: Set<Int> = [80, 443]) {
        self.allowedHosts = allowedHosts
        self.ports = ports
    }

    /// - Throws: `.refused` for a port that is not open to requests.
    func checkPort(of url: EgressURL) throws(EgressError) {
        guard allowedHosts.contains(url.host) || ports.contains(url.port) else {
            throw .refused("port \(url.port) is not among those that requests may go to")
        }
    }

    /// The addresses that may be connected to.
    ///
    /// - Throws: `.refused` when one of them is not public: a name that leads to both is a trap.
    func checked(
        _ addresses: [IPAddress],
        of url: EgressURL
    ) throws(EgressError) -> [IPAddress] {
        guard !addresses.isEmpty else { throw .unreachable("\(url.host) has no address") }
        guard allowedHosts.contains(url.host) || addresses.allSatisfy(\.isPublic) else {
            throw .refused("\(url.host) is a blocked or internal address")
        }
        return addresses
    }
}

/// Why a request was not made or has no answer.
package enum EgressError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The address cannot be read.
    case malformed(String)
    /// Where it leads is closed to requests.
    case refused(String)
    /// Nobody answered.
    case unreachable(String)
    case timeout

    package var description: String {
        switch self {
        case .malformed(let why): "the address cannot be used: \(why)"
        case .refused(let why): why
        case .unreachable(let why): "no answer: \(why)"
        case .timeout: "no answer within \(Int(EgressLimits.totalSeconds)) seconds"
        }
    }
}
