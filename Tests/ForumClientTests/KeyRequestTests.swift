import Cryptography
import ForumAPI
import Synchronization
import Testing

@testable import ForumClient

/// What a site remembers of a request for a key.
private final class Asker: Sendable {
    let fields = Mutex<[String: String]>([:])

    func take(_ asked: Asked) throws {
        let pairs = try parseForm(Array(asked.body.utf8))
        fields.withLock { fields in
            for (name, value) in pairs {
                fields[name] = value
            }
        }
    }

    /// A key sealed for whoever asked, as a site answers it.
    func sealed(key: String, nonce: String? = nil) -> String {
        fields.withLock { fields in
            let text = #"{"key":"\#(key)","nonce":"\#(nonce ?? fields["nonce"] ?? "")","api":4}"#
            let bytes = RSAPublicKey(pem: fields["public_key"] ?? "")?
                .encrypt(Array(text.utf8), padding: .pkcs1)
            return bytes.map { Base64.encode($0) } ?? ""
        }
    }

    private func parseForm(_ bytes: [UInt8]) throws -> [(String, String)] {
        String(decoding: bytes, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return (decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : "")
        }
    }

    private func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                rest = rest.dropFirst(2)
                bytes.append(value)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite struct KeyRequestTests {
    @Test func `a code is shown, and the key comes once somebody has said yes`() async throws {
        let asker = Asker()
        try await LoopbackSite.with { asked in
            switch asked.uri {
            case "/session/csrf.json": return Answer(#"{"csrf":"t"}"#)
            case "/user-api-key/device.json":
                do {
                    try asker.take(asked)
                } catch {
                    return Answer("", status: 500)
                }
                return Answer(
                    #"{"device_code":"dev","user_code":"ABCD-EFGH","verification_uri":"#
                        + #""https://x.example/activate","expires_in":600,"interval":5}"#
                )
            case "/user-api-key/device/poll.json":
                let body = #"{"status":"authorized","payload":"\#(asker.sealed(key: "k1"))"}"#
                return Answer(body)
            default: return Answer("{}", status: 404)
            }
        } _: { site in
            try await withClient(of: site) { client in
                let request = try KeyRequest(client: client)
                let way = try await request.begin()
                #expect(
                    way
                        == .device(
                            userCode: "ABCD-EFGH",
                            page: "https://x.example/activate",
                            deviceCode: "dev",
                            interval: 5,
                            seconds: 600
                        )
                )
                guard case .approved(let credentials) = try await request.poll("dev"),
                    case .userAPIKey(let key, let clientID) = credentials
                else {
                    Issue.record("no key")
                    return
                }
                #expect(key.value == "k1")
                #expect(clientID?.isEmpty == false)
                let scopes = asker.fields.withLock { $0["scopes"] }
                #expect(scopes == "read,write")
            }
        }
    }

    @Test(arguments: [
        ("authorization_pending", KeyRequest.Standing.pending), ("access_denied", .denied),
        ("expired_token", .expired), ("something new", .pending),
    ])
    func `a decision that is no key is told`(
        status: String,
        standing: KeyRequest.Standing
    ) async throws {
        try await LoopbackSite.with { _ in
            Answer(#"{"status":"\#(status)","csrf":"t"}"#)
        } _: { site in
            try await withClient(of: site) { client in
                let request = try KeyRequest(client: client)
                #expect(try await request.poll("dev") == standing)
            }
        }
    }

    @Test func `a site without codes has a page, whose answer opens once pasted`() async throws {
        try await LoopbackSite.with { asked in
            asked.uri.hasPrefix("/session/csrf")
                ? Answer(#"{"csrf":"t"}"#) : Answer("{}", status: 404)
        } _: { site in
            try await withClient(of: site) { client in
                let request = try KeyRequest(client: client)
                guard case .paste(let page) = try await request.begin() else {
                    Issue.record("no page")
                    return
                }
                #expect(page.hasPrefix("\(site.address)/user-api-key/new?"))
                let asker = Asker()
                let query = String(page.drop { $0 != "?" }.dropFirst())
                try asker.take(Asked(method: "GET", uri: "", headers: [:], body: query))
                let sealed = asker.sealed(key: "k2")
                let broken = String(sealed.prefix(60)) + "\n " + String(sealed.dropFirst(60))
                let opened = try request.open(payload: broken)
                #expect(opened.isKey("k2"))
                #expect(throws: ClientError.self) {
                    _ = try request.open(payload: String(sealed.dropLast(8)))
                }
                #expect(throws: ClientError.self) {
                    _ = try request.open(payload: asker.sealed(key: "k3", nonce: "another"))
                }
            }
        }
    }
}

extension Credentials {
    fileprivate func isKey(_ text: String) -> Bool {
        guard case .userAPIKey(let key, _) = self else { return false }
        return key.value == text
    }
}

@Suite struct UploadTests {
    @Test func `a file goes in pieces, with its name made harmless`() async throws {
        let bytes = [UInt8](repeating: 0x61, count: 150_000)
        let sent = Mutex<[Int]>([])
        try await LoopbackSite.with { asked in
            asked.uri.hasPrefix("/session/csrf")
                ? Answer(#"{"csrf":"t"}"#) : Answer(#"{"id":3,"short_url":"upload://x.png"}"#)
        } _: { site in
            try await withClient(of: site) { client in
                let reply = try await client.upload(bytes, name: "a\"b\r\n.png") { done, _ in
                    sent.withLock { $0.append(done) }
                }
                #expect(reply.shortURL == "upload://x.png")
            }
            let asked = try #require(site.asked.last)
            #expect(asked.method == "POST" && asked.uri == "/uploads.json")
            #expect(asked.body.contains("name=\"file\"; filename=\"a%22b .png\""))
            #expect(asked.body.utf8.count > bytes.count)
            #expect(sent.withLock { $0 } == [0, 65_536, 131_072])
        }
    }

    @Test func `two who change the same thing are a conflict`() async throws {
        try await LoopbackSite.with { _ in
            Answer(#"{"errors":["Changed elsewhere."],"csrf":"t"}"#, status: 409)
        } _: { site in
            try await withClient(of: site, as: .apiKey(Secret("k"), username: nil)) { client in
                await #expect(throws: ClientError.conflict(message: "Changed elsewhere.")) {
                    _ = try await client.call(
                        API.Drafts.save,
                        body: SaveDraftRequest(draftKey: "topic_1", data: .string("{}"))
                    )
                }
            }
        }
    }
}
