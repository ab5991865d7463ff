import Foundation
import MailMessage

/// A DNS of a few names in memory.
struct Zone: TXTResolver {
    var names: [String: [String]]
    /// Names about which there is no answer.
    var silent: Set<String> = []

    func records(of name: String) async throws(TXTLookupFailure) -> [String] {
        guard !silent.contains(name) else { throw TXTLookupFailure(name: name) }
        return names[name] ?? []
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
