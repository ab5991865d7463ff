import Foundation
import Testing

@testable import ForumClient

struct CredentialStoreTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "parley-\(UUID().uuidString)"
        defer {
            do {
                try FileManager.default.removeItem(atPath: folder)
            } catch {
                Issue.record("\(folder) was never written")
            }
        }
        try body(folder)
    }

    @Test func `what is kept comes back, for its site alone`() throws {
        try withFolder { folder in
            let store = CredentialStore(folder: folder + "/deep")
            let site = try SiteAddress("https://example.org/forum")
            let kept: [Credentials] = [
                .session(username: "ann", cookies: ["_t": Secret("a\"b"), "x": Secret("y")]),
                .apiKey(Secret("k"), username: nil),
                .apiKey(Secret("k"), username: "ann"),
                .userAPIKey(Secret("u"), clientID: "c"),
            ]
            for credentials in kept {
                try store.keep(credentials, for: site)
                #expect(try store.credentials(for: site) == credentials)
            }
            let insecure = try SiteAddress("http://example.org/forum")
            #expect(try store.credentials(for: insecure) == .anonymous)
            #expect(try store.credentials(for: SiteAddress("https://example.org")) == .anonymous)
            try store.keep(.anonymous, for: site)
            try store.keep(.anonymous, for: site)
            #expect(try store.credentials(for: site) == .anonymous)
        }
    }

    @Test func `only the owner may read`() throws {
        try withFolder { folder in
            let store = CredentialStore(environment: ["XDG_STATE_HOME": folder])
            try store.keep(.apiKey(Secret("k"), username: nil), for: SiteAddress("example.org"))
            let place = folder + "/parley"
            let files = try FileManager.default.contentsOfDirectory(atPath: place)
            #expect(files == ["https_example.org_0.json"])
            func mode(_ path: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            #expect(try mode(place) == 0o700)
            #expect(try mode("\(place)/\(files[0])") == 0o600)
        }
    }

    @Test(arguments: ["", "{", "{\"kind\":\"other\"}", "[]", "{\"kind\":\"api_key\"}"])
    func `a damaged file is said to be one`(content: String) throws {
        try withFolder { folder in
            let store = CredentialStore(folder: folder)
            let site = try SiteAddress("example.org")
            try store.keep(.apiKey(Secret("k"), username: nil), for: site)
            let file = "\(folder)/https_example.org_0.json"
            try Data(content.utf8).write(to: URL(fileURLWithPath: file))
            #expect(throws: ClientError.self) { try store.credentials(for: site) }
        }
    }
}
