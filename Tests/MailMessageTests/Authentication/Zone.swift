import Foundation
import MailMessage

/// A DNS of a few names in memory.
struct Zone: DNSResolver {
    /// TXT records.
    var names: [String: [String]]
    /// Names about which there is no answer.
    var silent: Set<String> = []
    /// Addresses of names, mail servers of domains, names of addresses.
    var hosts: [String: [String]] = [:]
    var servers: [String: [String]] = [:]
    var reverse: [String: [String]] = [:]

    func records(of name: String) async throws(TXTLookupFailure) -> [String] {
        try lookUp(name, names)
    }

    func addresses(
        of name: String,
        _ family: IPAddress.Family
    ) async throws(TXTLookupFailure) -> [IPAddress] {
        try lookUp(name, hosts).compactMap { IPAddress($0) }.filter { $0.family == family }
    }

    func mailServers(of name: String) async throws(TXTLookupFailure) -> [String] {
        try lookUp(name, servers)
    }

    func names(of address: IPAddress) async throws(TXTLookupFailure) -> [String] {
        try lookUp(address.reverseName, reverse)
    }

    private func lookUp(
        _ name: String,
        _ table: [String: [String]]
    ) throws(TXTLookupFailure) -> [String] {
        guard !silent.contains(name) else { throw TXTLookupFailure(name: name) }
        return table[name] ?? []
    }

    /// The keys of the signed fixtures.
    static func ofFixtures() throws -> Zone {
        let data = try Data(contentsOf: SignedFixtures.folder.appending(path: "zone.json"))
        return Zone(names: try JSONDecoder().decode([String: [String]].self, from: data))
    }
}

/// Mails signed by another implementation (dkimpy, with keys of OpenSSL), and the example of RFC 8463.
enum SignedFixtures {
    static let folder = Corpus.fixtures.deletingLastPathComponent().appending(path: "dkim")

    static func bytes(_ name: String) throws -> [UInt8] {
        try Corpus.bytes(folder.appending(path: "\(name).eml"))
    }
}
