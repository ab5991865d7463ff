import Forum
import Synchronization

/// The addresses of proxies that stand before this server: only what they add to `X-Forwarded-For` is
/// believed, and of that only the last address that is not one of theirs.
final class TrustedProxies: Sendable {
    /// The setting as it was read last, so that it is parsed when it changes.
    private let known = Mutex<(text: String, networks: NetworkList?)>(("", nil))

    /// The client of a connection from `peer`.
    ///
    /// - Parameter trusted: The setting `trusted_proxies`.
    func client(peer: String?, forwarded: [String], trusted: String) -> String? {
        guard !trusted.isEmpty, let peer, let proxies = networks(trusted), proxies.contains(peer)
        else { return peer }
        var client = peer
        for hop in forwarded.joined(separator: ",").split(separator: ",").reversed() {
            let address = hop.filter { !$0.isWhitespace && $0 != "[" && $0 != "]" }
            guard ClientNetwork.bytes(address) != nil else { return client }
            client = address
            guard proxies.contains(address) else { return client }
        }
        return client
    }

    private func networks(_ text: String) -> NetworkList? {
        known.withLock { known in
            if known.text != text { known = (text, NetworkList(parsing: text)) }
            return known.networks
        }
    }
}
