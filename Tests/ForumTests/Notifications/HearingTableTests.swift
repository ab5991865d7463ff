import Forum
import Postgres
import TestSupport
import Testing

/// `HearingTable`, held against what happens: one person for each line, one event for each column.
struct HearingTableTests {
    private static let settings = TestCommunity.unhurried.merging([
        "max_mentions_per_post": "100", "notification_consolidation_threshold": "1000",
    ]) { $1 }

    /// Somebody of a line, and a post of theirs.
    private struct Person {
        let line: HearingTable.Line
        let principal: Principal
        var post: CreatedPost?
    }

    @Test func `everybody hears of exactly what they follow`() async throws {
        let lines = HearingTable.lines(
            HearingTable.text,
            columns: HearingTable.columns.count
        )
        #expect(lines.count * HearingTable.columns.count >= 300)
        try await TestCommunity.with(settings: Self.settings) { site in
            let boss = try await site.admin()
            let place = try await site.category("Place")
            let topic = try await site.topic(in: place.id, tags: ["tagged"], by: boss)
            let people = try await settle(lines, in: topic, by: boss, site)
            try await follow(people, topic, place.id, site, author: boss)
            for (index, column) in HearingTable.columns.enumerated() {
                try await site.run("UPDATE notifications SET read = true")
                let shared = try await happen(column, to: people, topic, place.id, boss, site)
                for person in people {
                    let post = try await happen(column, to: person, topic, boss, site)
                    let told = try #require(shared ?? post)
                    let heard = try await outcome(of: told, person, column, site)
                    #expect(
                        heard == person.line.cells[index],
                        "\(column) to \(person.line.label)"
                    )
                }
            }
        }
    }

    @Test func `messages reach those they are for`() async throws {
        let lines = HearingTable.lines(
            HearingTable.messages,
            columns: HearingTable.messageColumns.count
        )
        try await TestCommunity.with(settings: Self.settings) { site in
            let boss = try await site.admin()
            for (number, line) in lines.enumerated() {
                let person = try await site.member("person\(number)")
                try await check(line, person, number, boss, site)
            }
        }
    }

    // MARK: People

    private func settle(
        _ lines: [HearingTable.Line],
        in topic: CreatedPost,
        by boss: Principal,
        _ site: TestCommunity
    ) async throws -> [Person] {
        var people: [Person] = []
        for (number, line) in lines.enumerated() {
            let principal = try await site.member("person\(number)")
            let post = try await site.reply(
                to: topic,
                "A post that will be another person's, number \(number).",
                by: boss
            )
            // Theirs without the row of the topic that writing would give.
            try await site.run("UPDATE posts SET user_id = \(principal.id) WHERE id = \(post.id)")
            people.append(Person(line: line, principal: principal, post: post))
        }
        let group = try await site.group("crowd", members: people.map(\.principal))
        try await site.run("UPDATE groups SET mentionable_level = 99 WHERE id = \(group.id)")
        try await site.dispatch()
        return people
    }

    private func follow(
        _ people: [Person],
        _ topic: CreatedPost,
        _ place: CategoryID,
        _ site: TestCommunity,
        author: Principal
    ) async throws {
        for person in people {
            for word in person.line.how {
                try await apply(word, to: person.principal, topic, place, site, author)
            }
        }
    }

    private func apply(
        _ word: String,
        to person: Principal,
        _ topic: CreatedPost,
        _ place: CategoryID,
        _ site: TestCommunity,
        _ author: Principal
    ) async throws {
        let community = site.community
        let number = word.dropFirst().first.flatMap { Int(String($0)) }
        let level = number.flatMap(NotificationLevel.init(rawValue:))
        let delivery: Delivery =
            ["d": .daily, "k": .weekly, "n": .web][word.dropFirst(2)] ?? .each
        switch (word.first, level) {
        case ("t", let level?):
            try await community.setNotificationLevel(level, topic: topic.topicID, by: person)
        case ("T", _):
            try await site.run(
                """
                INSERT INTO topic_users (topic_id, user_id, notification_level,
                    notifications_reason_id) VALUES (\(topic.topicID), \(person.id), 3, 6)
                """
            )
        case ("c", let level?):
            try await community.setSubscription(
                Subscription(level: level, delivery: delivery),
                category: place,
                by: person
            )
        case ("g", let level?):
            try await community.setSubscription(
                Subscription(level: level, delivery: delivery),
                tag: "tagged",
                by: person
            )
        case ("e", _) where word != "expired":
            try await site.run("UPDATE users SET email_level = \(number) WHERE id = \(person.id)")
        default: try await site.run(try #require(state(word, person, author), "\(word)"))
        }
    }

    private func state(_ word: String, _ person: Principal, _ author: Principal) -> SQL? {
        let options: [String: String] = [
            "first": #"{"watched_precedence_over_muted": true}"#,
            "nolike": #"{"like_notification_frequency": 3}"#,
            "nolink": #"{"notify_on_linked_posts": false}"#,
            "p2": #"{"email_messages_level": 2}"#,
        ]
        if let json = options[word] {
            return "UPDATE users SET options = options || \(json)::jsonb WHERE id = \(person.id)"
        }
        switch word {
        case "nothing": return "SELECT 1"
        case "mute", "ignore", "expired":
            let kind = word == "mute" ? "muted" : "ignored"
            let end = word == "mute" ? nil : Timestamp.now() + (word == "ignore" ? 3600 : -3600)
            return """
                INSERT INTO user_relations (user_id, other_id, kind, expires_at)
                VALUES (\(person.id), \(author.id), \(kind), \(end))
                """
        case "asleep": return "UPDATE users SET active = false WHERE id = \(person.id)"
        case "waiting": return "UPDATE users SET approved = false WHERE id = \(person.id)"
        case "gone":
            return """
                UPDATE users SET suspended_till = now() + interval '1 day' WHERE id = \(person.id)
                """
        case "group0":
            return """
                UPDATE group_users SET notification_level = 0 WHERE user_id = \(person.id)
                    AND group_id = (SELECT id FROM groups WHERE name = 'crowd')
                """
        default: return nil
        }
    }

    // MARK: Events

    /// - Returns: The one post that all of the people may hear of; `nil` when there is one for each.
    private func happen(
        _ column: String,
        to people: [Person],
        _ topic: CreatedPost,
        _ place: CategoryID,
        _ boss: Principal,
        _ site: TestCommunity
    ) async throws -> PostID? {
        let names = people.map { "@" + $0.principal.username }.joined(separator: " ")
        let post: PostID
        switch column {
        case "new":
            post = try await site.topic(
                "A new topic in the very same place",
                in: place,
                tags: ["tagged"],
                by: boss
            ).id
        case "reply": post = try await site.reply(to: topic, by: boss).id
        case "name":
            post = try await site.reply(to: topic, "All of you: \(names)", by: boss).id
        case "group":
            post = try await site.reply(to: topic, "Hello @crowd, listen.", by: boss).id
        case "quote":
            let quotes = people.map {
                "[quote=\"\($0.principal.username), post:1, topic:\(topic.topicID)\"]\nSaid.\n[/quote]"
            }
            post = try await site.reply(
                to: topic,
                quotes.joined(separator: "\n\n") + "\n\nIndeed.",
                by: boss
            ).id
        case "edit":
            let reply = try await site.reply(to: topic, "A post that will be edited.", by: boss)
            try await site.dispatch()
            try await site.run("DELETE FROM notifications WHERE post_id = \(reply.id)")
            try await site.run("DELETE FROM outgoing_emails WHERE post_id = \(reply.id)")
            _ = try await site.community.editPost(
                reply.id,
                raw: "Edited, for all of you: \(names)",
                by: boss
            )
            post = reply.id
        default: return nil
        }
        try await site.dispatch()
        return post
    }

    private func happen(
        _ column: String,
        to person: Person,
        _ topic: CreatedPost,
        _ boss: Principal,
        _ site: TestCommunity
    ) async throws -> PostID? {
        var post = try #require(person.post)
        switch column {
        case "answer":
            // What others were answered would be one notice with this.
            try await site.run("UPDATE notifications SET read = true")
            post = try await site.reply(
                to: topic,
                "An answer to post \(post.number).",
                number: post.number,
                by: boss
            )
        case "link":
            post = try await site.reply(
                to: topic,
                "As can be read in [there](/t/a-topic/\(topic.topicID)/\(post.number)).",
                by: boss
            )
        case "like":
            _ = try await site.community.like(post.id, by: boss)
        case "invite":
            _ = try await refusal {
                _ = try await site.community.invite(
                    person.principal.username,
                    to: topic.topicID,
                    by: boss
                )
            }
            post = topic
        default: return nil
        }
        try await site.dispatch()
        return post.id
    }

    /// What a person heard of a post by `column`, in the words of the table.
    private func outcome(
        of post: PostID,
        _ person: Person,
        _ column: String,
        _ site: TestCommunity
    ) async throws -> String {
        let kinds: [Int] = try await site.database.pool.values(
            """
            SELECT n.notification_type::int FROM notifications n
            WHERE n.user_id = \(person.principal.id) AND NOT n.read AND n.post_id = \(post)
            """
        )
        let mails = try await site.number(
            """
            SELECT count(*) FROM outgoing_emails o WHERE o.user_id = \(person.principal.id)
                AND o.post_id = \(post)
            """
        )
        guard !kinds.isEmpty else { return mails == 0 ? "-" : "only a mail" }
        #expect(mails <= 1)
        return kinds.map { "\($0)" }.joined(separator: "+") + (mails == 1 ? "" : "w")
    }

    // MARK: Messages

    private func check(
        _ line: HearingTable.Line,
        _ person: Principal,
        _ number: Int,
        _ boss: Principal,
        _ site: TestCommunity
    ) async throws {
        _ = try await site.member("other\(number)")
        var recipients = ["other\(number)"]
        for word in line.how where word.first == "m" && word != "mute" {
            let group = try await site.group("group\(number)", members: [person])
            try await site.run(
                """
                UPDATE group_users SET notification_level = \(Int(word.dropFirst()))::int
                WHERE group_id = \(group.id) AND user_id = \(person.id)
                """
            )
            try await site.run("UPDATE groups SET messageable_level = 99 WHERE id = \(group.id)")
            recipients.append(group.name)
        }
        if line.how.contains("u") { recipients.append(person.username) }
        let relations = line.how.filter { ["mute", "e2", "p2"].contains($0) }
        for word in relations where word != "e2" {
            try await site.run(try #require(state(word, person, boss)))
        }
        if relations.contains("e2") {
            try await site.run("UPDATE users SET email_level = 2 WHERE id = \(person.id)")
        }
        let message = try await site.message(
            "A message to number \(number)",
            to: recipients,
            by: boss
        )
        let theirs = try await site.reply(to: message, "A post to be another's.", by: boss)
        try await site.dispatch()
        let member = Person(line: line, principal: person, post: theirs)
        // The two are one notice now, that points at the first.
        #expect(try await first(message.id, member, site) == line.cells[0], "\(line.label)")
        try await site.run("UPDATE posts SET user_id = \(person.id) WHERE id = \(theirs.id)")
        for word in line.how where word.first == "t" {
            let level = try #require(
                Int(word.dropFirst()).flatMap(NotificationLevel.init(rawValue:))
            )
            try await site.community.setNotificationLevel(
                level,
                topic: message.topicID,
                by: try await site.refreshed(person)
            )
        }
        for (index, column) in HearingTable.messageColumns.enumerated().dropFirst() {
            try await site.run("UPDATE notifications SET read = true")
            let post = try await site.reply(
                to: message,
                text(column, person, message),
                number: column == "answer" ? theirs.number : nil,
                by: boss
            )
            try await site.dispatch()
            let heard = try await outcome(of: post.id, member, column, site)
            #expect(heard == line.cells[index], "\(column) to \(line.label)")
        }
    }

    private func text(_ column: String, _ person: Principal, _ message: CreatedPost) -> String {
        switch column {
        case "name": "@\(person.username), this is for you."
        case "quote":
            """
            [quote="\(person.username), post:2, topic:\(message.topicID)"]
            Said.
            [/quote]

            Indeed.
            """
        default: "Something for all who read this, \(column)."
        }
    }

    private func first(
        _ post: PostID,
        _ person: Person,
        _ site: TestCommunity
    ) async throws -> String {
        try await outcome(of: post, person, "new", site)
    }
}
