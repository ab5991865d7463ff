import Cryptography
import Forum
import ForumMail
import Foundation
import Postgres
import TestSupport
import Testing

/// Other people's mails, which lie beside the repository.
private enum DiscourseMails {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "../shared/corpus/discourse-emails").standardizedFileURL

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func path(_ name: String) -> String { folder.appending(path: name).path }
}

/// What becomes of Discourse's own fixtures, as its tests expect it.
@Suite(.enabled(if: DiscourseMails.isPresent, "needs ../shared/corpus"))
struct DiscourseOutcomeTests {
    private struct Expectation: Decodable {
        let expect: String?
        let errorClass: String?

        private enum CodingKeys: String, CodingKey {
            case expect
            case errorClass = "error_class"
        }
    }

    /// What a fixture needs beside what all have.
    private struct Scenario {
        var settings: [String: String] = [:]
        var sql: [SQL] = []
        /// Of the outcomes that Discourse states, the one for these settings.
        var wanted: String?
    }

    private static let mirror = Scenario(
        sql: [
            """
            UPDATE categories SET email_in = 'list@example.com', mailinglist_mirror = true,
                email_in_allow_strangers = true WHERE name = 'Fixtures'
            """
        ]
    )

    private static let settings = MailSite.unhurried.merging([
        "email_in": "true", "email_in_min_trust": "0", "min_post_length": "5",
        "alternative_reply_by_email_addresses": "alt+%{reply_key}@bar.com",
        "authorized_extensions": "jpg|jpeg|png|gif|txt|pdf|eml|rb", "email_in_commands": "false",
    ]) { $1 }

    private static let scenarios: [String: Scenario] = [
        "auto_generated_allowlisted": Scenario(
            settings: ["auto_generated_allowlist": "foo@bar.com|discourse@bar.com"]
        ),
        "auto_generated_unblocked": Scenario(settings: ["block_auto_generated_emails": "false"]),
        "blocklist_allowlist_email": Scenario(
            settings: ["blocked_email_domains": "email.com|mail.com"]
        ),
        "dmarc_fail": Scenario(settings: ["email_in_authserv_id": "example.com"]),
        "ignored": Scenario(settings: ["ignore_by_title": "foo"]),
        "mailinglist": mirror, "mailinglist_dmarc_fail": mirror, "mailinglist_reply": mirror,
        "mailinglist_short_message": mirror, "mailinglist_unsubscribe": mirror,
        "mailman_1": mirror, "mailman_2": mirror, "mailman_3": mirror, "mailman_4": mirror,
        "null_byte_in_subject": Scenario(sql: ["UPDATE categories SET email_in = NULL"]),
        "old_destination": Scenario(sql: ["DELETE FROM post_reply_keys"]),
        "readonly": Scenario(
            sql: [
                """
                UPDATE category_groups SET permission_type = 3
                WHERE category_id = (SELECT id FROM categories WHERE name = 'Fixtures')
                """
            ]
        ),
        "reply_to_different_to_from": Scenario(settings: ["block_auto_generated_emails": "false"]),
        "reply_to_different_to_from_x_original_different": Scenario(
            settings: ["block_auto_generated_emails": "false"]
        ),
        "staged_sender": Scenario(
            sql: ["UPDATE users SET staged = true WHERE username_lower = 'staged'"]
        ),
        "tl3_user": Scenario(
            settings: ["email_in_min_trust": "4"],
            wanted: "InsufficientTrustLevelError"
        ),
        "screened_email": Scenario(
            sql: ["INSERT INTO screened_emails (email) VALUES ('screened@mail.com')"]
        ),
        "silenced_sender": Scenario(
            sql: ["UPDATE users SET silenced_till = '2999-01-01' WHERE username_lower = 'silenced'"]
        ),
        "inactive_sender": Scenario(
            sql: ["UPDATE users SET active = false WHERE username_lower = 'inactive'"]
        ),
        "spam_x_ses_spam_verdict": Scenario(
            settings: ["email_in_spam_header": "X-SES-Spam-Verdict"]
        ),
        "spam_x_spam_flag": Scenario(settings: ["email_in_spam_header": "X-Spam-Flag"]),
        "spam_x_spam_status": Scenario(settings: ["email_in_spam_header": "X-Spam-Status"]),
        "too_many_mentions": Scenario(settings: ["max_mentions_per_post": "1"]),
        "user_not_found": Scenario(settings: ["enable_staged_users": "false"]),
    ]

    /// Those whose outcome is another here, and why.
    private static let misses = [
        "email_reply_like": "without a key an answer finds its post only for a proved sender",
        "email_reply_staged": "as above",
        "mailinglist_short_message": "posts have their least length in mirrors of lists, too",
        "mailinglist_unsubscribe": "as above",
        "no_date": "a mail without a date is from when it came",
        "reply_to_different_to_from_quoted_display_name":
            "a comma outside quotes makes two addresses of its From, and then nobody is believed",
        "reply_user_not_matching_but_known": "a key is its owner's alone",
    ]

    private static let people = [
        "discourse@bar.com", "someone_else@bar.com", "bob@bar.com", "existing@bar.com",
        "readonly@bar.com", "inactive@bar.com", "silenced@bar.com", "tl3@bar.com", "tl4@bar.com",
        "staged@bar.com", "two@foo.com", "three@foo.com", "four@foo.com",
    ]

    private static func prepare(_ site: TestCommunity) async throws {
        let keys = [
            "discourse@bar.com": "4f97315cc828096c9cb34c6f1a0d6fe8",
            "staged@bar.com": String(repeating: "a", count: 32),
        ]
        let topic = try await site.community.createTopic(
            NewTopic(title: "A topic of the fixtures", raw: "The first post of it, for answers."),
            by: try await site.admin()
        )
        for address in people {
            let name = address.split(separator: "@")[0]
            let member = try await site.member(String(name))
            try await site.database.pool.execute(
                """
                UPDATE user_emails SET email = \(address), email_lower = \(address)
                WHERE user_id = \(member.id)
                """
            )
            guard let key = keys[address] else { continue }
            try await site.database.pool.execute(
                """
                INSERT INTO post_reply_keys (key_hash, user_id, post_id)
                VALUES (\(Digest.sha256(key))::bytea, \(member.id), \(topic.id))
                """
            )
        }
        var fields = NewCategory(name: "Fixtures")
        fields.emailIn = "category@bar.com|category@foo.com"
        _ = try await site.community.createCategory(fields, by: .system)
        try await site.database.pool.execute(
            """
            UPDATE groups SET incoming_email = 'team@bar.com|meat@bar.com|some_group@bar.com|one@foo.com'
                || '|team@somesmtpaddress.com|support+team@bar.com|group-fwd@example.com'
            WHERE name = 'staff'
            """
        )
    }

    /// The outcome in the words of the expectations.
    private static func outcome(of verdict: ForumMail.Verdict) -> String {
        switch verdict {
        case .posted: "posted"
        case .carriedOut(let what): what.hasPrefix("Waits") ? "queued_for_review" : "done"
        case .ignored: "ignored"
        case .rejected(let rejection): rejection.reason.rawValue
        case .postponed, .outOfSpace: "postponed"
        }
    }

    private static func wanted(_ expectation: Expectation) -> String? {
        switch expectation.expect {
        case "error": expectation.errorClass
        case "reply", "new_topic": "posted"
        case "queued_for_review", "ignored": expectation.expect
        case "notification_level", "like", "unsubscribe_confirmation": "done"
        default: nil
        }
    }

    /// The outcomes of mails in one community.
    private static func take(_ names: [String], _ scenario: Scenario) async throws -> [String] {
        let settings = settings.merging(scenario.settings) { $1 }
        return try await TestCommunity.with(settings: settings) { site in
            try await prepare(site)
            for statement in scenario.sql { try await site.database.pool.execute(statement) }
            let intake = Intake(
                community: site.community,
                replyAddress: ReplyAddress(template: "reply+%{reply_key}@bar.com"),
                logger: TestDatabase.logger
            )
            var outcomes: [String] = []
            for name in names {
                let raw = try #require(
                    FileManager.default.contents(atPath: DiscourseMails.path("\(name).eml"))
                )
                let verdict = await intake.take(
                    [UInt8](raw),
                    recipientsFromHeaderVia: "handle_mail"
                )
                outcomes.append(outcome(of: verdict))
            }
            return outcomes
        }
    }

    @Test func `fixtures become what Discourse makes of them`() async throws {
        let data = try #require(
            FileManager.default.contents(atPath: DiscourseMails.path("expected.json"))
        )
        let table = try JSONDecoder().decode([String: Expectation].self, from: data)
        let wanted = table.compactMapValues(Self.wanted).filter { name, _ in
            FileManager.default.fileExists(atPath: DiscourseMails.path("\(name).eml"))
        }
        let names = wanted.keys.sorted()
        // Those that need the same share one community.
        let groups = Dictionary(grouping: names) { name in
            let scenario = Self.scenarios[name] ?? Scenario()
            return "\(scenario.settings) \(scenario.sql)"
        }
        var outcomes: [String: String] = [:]
        for group in groups.values {
            let scenario = Self.scenarios[group[0]] ?? Scenario()
            for (name, outcome) in zip(group, try await Self.take(group, scenario)) {
                outcomes[name] = outcome
            }
        }
        let missed = names.filter {
            outcomes[$0] != Self.scenarios[$0]?.wanted ?? wanted[$0]
        }
        print("Discourse outcomes: \(names.count - missed.count) of \(names.count)")
        for name in missed where Self.misses[name] == nil {
            Issue.record("\(name): \(outcomes[name] ?? ""), not \(wanted[name] ?? "")")
        }
        #expect(Set(Self.misses.keys).subtracting(missed) == [])
    }
}
