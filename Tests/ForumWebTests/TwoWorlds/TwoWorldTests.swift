import Forum
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import ForumWeb

/// Nobody can tell from any answer whether there is something that they may not see.
///
/// Worlds that are the same but for secrets are asked the same questions by the same people; what they
/// answer must be the same to the byte. Security requirement R1: one predicate, and no count, flag or
/// order that goes past it.
@Suite struct TwoWorldTests {
    private static let everybody: [WebSite.Caller] = [
        .guest, .member("newbie"), .member("full"), .member("outsider"),
    ]

    /// Where two worlds answered differently.
    private struct Difference: CustomStringConvertible {
        let line: TwoWorldLine
        let uri: String
        let caller: WebSite.Caller
        let what: String

        var description: String { "\(line.signature) as \(caller) at \(uri): \(what)" }
    }

    @Test func `a world with secrets answers as one without them`() async throws {
        try await World.with(3, seed: TwoWorldContent.shared) { worlds, names in
            // Of the second world not even moderators may know more, of the third only staff.
            let cursor = try await Self.cursor(worlds)
            var names = names.merging(cursor) { $1 }
            let secrets = try await TwoWorldContent.hide(in: worlds[1].web, names)
            _ = try await TwoWorldContent.hide(in: worlds[2].web, names)
            try await TwoWorldContent.whisper(in: worlds[2].web, names)
            names.merge(secrets) { $1 }
            for (pair, callers) in [
                ([worlds[0], worlds[2]], Self.everybody),
                ([worlds[0], worlds[1]], [.member("mod_anna")]),
            ] {
                let differences = try await Self.compare(pair, names, callers)
                for difference in differences { Issue.record("\(difference)") }
            }
        }
    }

    /// The control of the test above: the same secrets, and the doors opened. Whatever route shows them
    /// then must differ, or its line asks nothing.
    @Test func `the same secrets are found where the doors are open`() async throws {
        try await World.with(2, seed: TwoWorldContent.shared) { worlds, names in
            var names = names.merging(try await Self.cursor(worlds)) { $1 }
            names.merge(try await TwoWorldContent.hide(in: worlds[1].web, names)) { $1 }
            try await TwoWorldContent.whisper(in: worlds[1].web, names)
            try await Self.openDoors(of: worlds[1].web)
            let differences = try await Self.compare(worlds, names, [.member("full")])
            let found = Set(differences.map(\.line.signature))
            let asked = Set(
                TwoWorldTable.reading.filter { !$0.uris.isEmpty }.map(\.signature)
            ).intersection(worlds[0].web.declarations.keys)
            let silent = asked.subtracting(found).subtracting(Self.withoutSecrets)
            #expect(silent == [], "these lines would not notice a leak")
        }
    }

    /// Routes that show nothing of categories, topics or posts, or only one's own.
    private static let withoutSecrets: Set<String> = [
        "GET /", "GET /site/basic-info", "GET /site/settings", "GET /robots.txt", "GET /manifest",
        "GET /manifest.webmanifest", "GET /session/csrf", "GET /session/hp", "GET /session/current",
        "GET /u/{username}/emails", "GET /email/unsubscribe/{key}", "GET /opensearch.xml",
        "GET /sitemap.xml", "GET /t/external_id/{external_id}", "GET /notifications",
        "GET /notifications/totals", "GET /unread", "GET /users/{username}",
        "GET /topics/private-messages/{username}", "GET /topics/private-messages-sent/{username}",
        "GET /topics/private-messages-unread/{username}",
        "GET /topics/private-messages-new/{username}", "GET /private-posts.rss",
    ]

    @Test func `every route that reads has a line`() async throws {
        try await WebSite.with { web in
            let lines = Set(TwoWorldTable.lines.map(\.signature))
            let reading = web.declarations.keys.filter { $0.hasPrefix("GET ") }
            for signature in reading.sorted() where !lines.contains(signature) {
                Issue.record("TwoWorldTable has no line for \(signature)")
            }
            for line in TwoWorldTable.lines where line.uris.isEmpty {
                #expect(
                    line.reason?.isEmpty == false,
                    "\(line.signature) is skipped without a reason"
                )
            }
        }
    }

    /// Where a reader of changes stood before the worlds parted.
    private static func cursor(_ worlds: [World]) async throws -> [String: String] {
        let page = try await worlds[0].web.community.changes(since: "now", for: .anonymous)
        return ["cursor": page.cursor]
    }

    /// Everything of the secret places becomes everybody's.
    private static func openDoors(of web: WebSite) async throws {
        let database = web.community.database
        for statement: SQL in [
            """
            INSERT INTO category_groups (category_id, group_id, permission_type)
            SELECT id, 0, 1 FROM categories ON CONFLICT DO NOTHING
            """,
            "UPDATE posts SET hidden = FALSE, post_type = 1, deleted_at = NULL",
            "UPDATE topics SET import_id = NULL, visible = TRUE, deleted_at = NULL",
        ] {
            _ = try await database.query(statement)
        }
    }

    // MARK: Comparing

    private static func compare(
        _ pair: [World],
        _ names: [String: String],
        _ callers: [WebSite.Caller]
    ) async throws -> [Difference] {
        var differences: [Difference] = []
        for line in TwoWorldTable.lines where pair[0].web.declarations[line.signature] != nil {
            for uri in line.uris.map({ fill($0, names) }) {
                for caller in callers {
                    if let what = try await difference(pair, uri, caller, line) {
                        differences.append(
                            Difference(line: line, uri: uri, caller: caller, what: what)
                        )
                    }
                }
            }
        }
        return differences
    }

    private static func difference(
        _ pair: [World],
        _ uri: String,
        _ caller: WebSite.Caller,
        _ line: TwoWorldLine
    ) async throws -> String? {
        async let left = pair[0].web.send(.get, uri, as: caller)
        async let right = pair[1].web.send(.get, uri, as: caller)
        let answers = (try await left, try await right)
        if answers.0.status != answers.1.status {
            return "status \(answers.0.status), \(answers.1.status)"
        }
        let bodies = (try line.masking(answers.0.text), try line.masking(answers.1.text))
        if bodies.0 != bodies.1 { return place(bodies.0, bodies.1) }
        let headers = (shown(answers.0, line), shown(answers.1, line))
        return headers.0 == headers.1 ? nil : "headers \(headers.0), \(headers.1)"
    }

    /// The headers that say something of the answer.
    private static func shown(_ answer: Answer, _ line: TwoWorldLine) -> [String] {
        var left = ["date", "x-runtime", "x-request-id", "set-cookie"]
        if !line.masked.isEmpty { left += ["etag", "content-length"] }
        return answer.headers.map { "\($0.name.canonicalName): \($0.value)" }
            .filter { header in !left.contains { header.hasPrefix("\($0):") } }
            .sorted()
    }

    private static func place(_ left: String, _ right: String) -> String {
        let common = zip(left.utf8, right.utf8).prefix { $0 == $1 }.count
        func around(_ text: String) -> String {
            let bytes = text.utf8.dropFirst(max(0, common - 60)).prefix(160)
            return String(decoding: bytes, as: UTF8.self)
        }
        return "…\(around(left))… and …\(around(right))…"
    }

    private static func fill(_ text: String, _ values: [String: String]) -> String {
        values.reduce(text) { filled, value in
            filled.replacing("{\(value.key)}", with: value.value)
        }
    }
}
