import Forum
import Foundation
import Postgres
import TestSupport
import Testing

/// Random people who follow, mute, join, leave and write, against a small model of who hears.
///
/// A round is a few changes, one post, often a change of access between the post and its delivery, and
/// then everybody's notices and mails of it. `HEARING_ROUNDS` says how many; 300 are the usual run. Each
/// 500 are played in a world of their own, with other chances.
struct HearingPropertyTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["HEARING_ROUNDS"].flatMap { Int($0) } ?? 300

    private static let roundsOfOneWorld = 500

    @Test func `nobody hears of what they may not see, nor twice, nor too little`() async throws {
        for first in stride(from: 0, to: Self.rounds, by: Self.roundsOfOneWorld) {
            try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
                var world = try await HearingWorld(site, seed: 20_260_301 + UInt64(first))
                for round in first..<min(first + Self.roundsOfOneWorld, Self.rounds) {
                    try await world.play()
                    try #require(world.problems.isEmpty, "round \(round): \(world.problems)")
                }
            }
        }
    }
}

/// What the model knows, and the site that it is held against.
private struct HearingWorld {
    private struct Place {
        let id: CategoryID
        /// Whose members may read it; `nil` is everybody.
        let group: Int?
    }

    private struct Topic {
        let post: CreatedPost
        var place: Int
        let tag: Int
        var posts = 1
    }

    private struct Person {
        var principal: Principal
        var groups: Set<Int> = []
        var places: [Int: Subscription] = [:]
        var tags: [Int: Subscription] = [:]
        /// What they chose for topics.
        var topics: [Int: NotificationLevel] = [:]
        var mutes: Set<Int> = []
    }

    private let site: TestCommunity
    private let boss: Principal
    private var random: SplitMix
    private var groups: [GroupID] = []
    private var places: [Place] = []
    private var people: [Person] = []
    private var authors: [Principal] = []
    private var topics: [Topic] = []
    private var round = 0
    private(set) var problems: [String] = []

    private static let tags = ["first", "second"]
    private static let levels: [NotificationLevel] = [
        .muted, .regular, .tracking, .watching, .watching, .watchingFirstPost,
    ]

    init(_ site: TestCommunity, seed: UInt64) async throws {
        self.site = site
        random = SplitMix(state: seed)
        boss = try await site.admin()
        for name in ["inner", "outer"] { groups.append(try await site.group(name).id) }
        for (name, group) in [("Open", nil), ("Inner", 0), ("Outer", 1)] as [(String, Int?)] {
            let permissions = group.map { [["inner", "outer"][$0]: 1] }
            places.append(
                Place(id: try await site.category(name, permissions: permissions).id, group: group)
            )
        }
        for number in 0..<8 {
            people.append(Person(principal: try await site.member("reader\(number)")))
        }
        // Writers see everything and follow nothing: what they hear is not the question here.
        for number in 0..<2 { authors.append(try await site.admin("writer\(number)")) }
        // A tag exists for those who see a topic with it.
        for tag in Self.tags {
            try await site.topic("A topic that all see \(tag)", tags: [tag], by: boss)
        }
        for _ in 0..<4 { _ = try await open() }
        try await site.dispatch()
        try await site.run("DELETE FROM notifications")
        try await site.run("DELETE FROM outgoing_emails")
    }

    // MARK: A round

    mutating func play() async throws {
        round += 1
        for _ in 0..<random.below(4) { try await change() }
        let author = random.below(authors.count)
        let isNew = topics.isEmpty || random.below(5) == 0
        let named = (0..<random.below(3)).map { _ in random.below(people.count) }
        let topic = isNew ? try await open(by: author, naming: named) : random.below(topics.count)
        let post =
            isNew ? topics[topic].post : try await write(in: topic, by: author, naming: named)
        // Between the post and its delivery.
        if random.below(3) == 0 { try await changeAccess(of: topic) }
        try await site.dispatch()
        try await check(post, in: topic, isFirst: isNew, author: author, naming: Set(named))
        if random.below(4) == 0 {
            try await changeAccess(of: topic)
            try await site.dispatch()
        }
        if random.below(3) == 0 { try await checkList(random.below(people.count)) }
        if round % 10 == 0 { try await checkMails() }
        if round % 40 == 0 { try await checkDigests() }
        if topics.count > 12 {
            topics.removeFirst(6)
            for index in people.indices { forget(index) }
        }
    }

    private mutating func forget(_ person: Int) {
        people[person].topics = Dictionary(
            uniqueKeysWithValues: people[person].topics.compactMap { topic, level in
                topic >= 6 ? (topic - 6, level) : nil
            }
        )
    }

    private mutating func open(by author: Int = 0, naming named: [Int] = []) async throws -> Int {
        let place = random.below(places.count)
        let tag = random.below(Self.tags.count)
        let post = try await site.topic(
            "A topic of round \(round), number \(topics.count)",
            raw: text(naming: named),
            in: places[place].id,
            tags: [Self.tags[tag]],
            by: authors[author]
        )
        topics.append(Topic(post: post, place: place, tag: tag))
        return topics.count - 1
    }

    private mutating func write(
        in topic: Int,
        by author: Int,
        naming named: [Int]
    ) async throws -> CreatedPost {
        topics[topic].posts += 1
        return try await site.reply(
            to: topics[topic].post,
            text(naming: named),
            by: authors[author]
        )
    }

    private func text(naming named: [Int]) -> String {
        "Something new of round \(round). " + named.map { "@reader\($0)" }.joined(separator: " ")
    }

    // MARK: Changes

    private mutating func change() async throws {
        let person = random.below(people.count)
        let community = site.community
        let principal = people[person].principal
        let level = Self.levels[random.below(Self.levels.count)]
        let chosen = Subscription(level: level, delivery: Delivery.allCases[random.below(4)])
        switch random.below(6) {
        case 0:
            let place = random.below(places.count)
            guard sees(person, place) else { return }
            try await community.setSubscription(
                chosen,
                category: places[place].id,
                by: principal
            )
            people[person].places[place] = chosen
        case 1:
            let tag = random.below(Self.tags.count)
            try await community.setSubscription(chosen, tag: Self.tags[tag], by: principal)
            people[person].tags[tag] = chosen
        case 2:
            let topic = random.below(topics.count)
            guard level != .watchingFirstPost, sees(person, topics[topic].place) else { return }
            try await community.setNotificationLevel(
                level,
                topic: topics[topic].post.topicID,
                by: principal
            )
            people[person].topics[topic] = level
        case 3: try await toggleMute(of: random.below(authors.count), by: person)
        case 4: try await site.community.markNotificationsRead(by: principal)
        default: try await toggle(person, random.below(groups.count))
        }
    }

    private mutating func toggleMute(of author: Int, by person: Int) async throws {
        let ids = (people[person].principal.id, authors[author].id)
        if people[person].mutes.remove(author) != nil {
            try await site.run(
                "DELETE FROM user_relations WHERE user_id = \(ids.0) AND other_id = \(ids.1)"
            )
        } else {
            people[person].mutes.insert(author)
            try await site.run(
                """
                INSERT INTO user_relations (user_id, other_id, kind) VALUES (\(ids.0), \(ids.1), 'muted')
                """
            )
        }
    }

    private mutating func toggle(_ person: Int, _ group: Int) async throws {
        let id = people[person].principal.id
        if people[person].groups.remove(group) != nil {
            try await site.community.removeMembers([id], from: groups[group], by: .system)
        } else {
            people[person].groups.insert(group)
            try await site.community.addMembers([id], to: groups[group], by: .system)
        }
        people[person].principal = try await site.refreshed(people[person].principal)
    }

    private mutating func changeAccess(of topic: Int) async throws {
        if random.below(3) == 0 {
            let place = random.below(places.count)
            topics[topic].place = place
            try await site.community.editTopic(
                topics[topic].post.topicID,
                categoryID: places[place].id,
                by: boss
            )
        } else {
            try await toggle(random.below(people.count), random.below(groups.count))
        }
    }

    // MARK: The model

    private func sees(_ person: Int, _ place: Int) -> Bool {
        places[place].group.map { people[person].groups.contains($0) } ?? true
    }

    /// The kind of notice that somebody is to have, and whether it is mailed.
    private func expected(
        _ number: Int,
        _ topic: Int,
        isFirst: Bool,
        author: Int,
        isNamed: Bool
    ) -> (kind: Int, isMailed: Bool)? {
        let person = people[number]
        let chosen = person.topics[topic]
        guard sees(number, topics[topic].place), chosen != .muted,
            !person.mutes.contains(author)
        else { return nil }
        if isNamed { return (1, true) }
        let subscriptions = [
            person.places[topics[topic].place], person.tags[topics[topic].tag],
        ].compactMap { $0 }
        if !isFirst, chosen == .watching { return (9, true) }
        guard !subscriptions.contains(where: { $0.level == .muted }) else { return nil }
        let watching = subscriptions.filter { $0.level == .watching }
        let firsts = subscriptions.filter { $0.level == .watchingFirstPost }
        let isEach = { (list: [Subscription]) in list.contains { $0.delivery == .each } }
        if !watching.isEmpty, (chosen ?? .watching) == .watching {
            return (36, isEach(watching) || (isFirst && isEach(firsts)))
        }
        return isFirst && !firsts.isEmpty ? (17, isEach(firsts)) : nil
    }

    // MARK: Checks

    private mutating func check(
        _ post: CreatedPost,
        in topic: Int,
        isFirst: Bool,
        author: Int,
        naming named: Set<Int>
    ) async throws {
        let rows = try await site.database.pool.query(
            """
            SELECT n.user_id, n.notification_type::int FROM notifications n
            WHERE n.post_id = \(post.id) OR (n.topic_id = \(post.topicID) AND NOT n.read
                AND (n.data ->> 'original_post_id')::bigint = \(post.id))
            """
        )
        var heard: [UserID: [Int]] = [:]
        for row in rows {
            heard[try row.get(0, as: UserID.self), default: []].append(try row.get(1))
        }
        let mailed: [UserID] = try await site.database.pool.values(
            "SELECT user_id FROM outgoing_emails WHERE post_id = \(post.id)"
        )
        for number in people.indices {
            let id = people[number].principal.id
            let wanted = expected(
                number,
                topic,
                isFirst: isFirst,
                author: author,
                isNamed: named.contains(number)
            )
            let kinds = heard[id] ?? []
            if kinds != (wanted.map { [$0.kind] } ?? []) {
                problems.append("reader\(number) heard \(kinds), not \(String(describing: wanted))")
            }
            if mailed.filter({ $0 == id }).count != (wanted?.isMailed == true ? 1 : 0) {
                problems.append(
                    "reader\(number) is mailed \(mailed.contains(id)): \(wanted as Any)"
                )
            }
        }
        try await checkCollapsed()
    }

    /// Of one topic nobody has two unread notices that only say that there is more to read.
    private mutating func checkCollapsed() async throws {
        let twice = try await site.number(
            """
            SELECT count(*) FROM (SELECT 1 FROM notifications WHERE NOT read
                AND notification_type IN (2, 9, 36) GROUP BY user_id, topic_id HAVING count(*) > 1) x
            """
        )
        if twice > 0 { problems.append("\(twice) people have two notices of one topic") }
    }

    /// Nothing in somebody's list is of a topic that they cannot see.
    private mutating func checkList(_ number: Int) async throws {
        let page = try await site.community.notifications(of: people[number].principal)
        let place = Dictionary(
            topics.map { ($0.post.topicID, $0.place) },
            uniquingKeysWith: { first, _ in first }
        )
        for notice in page.notifications {
            guard let id = notice.topicID, let place = place[id] else { continue }
            if !sees(number, place) { problems.append("reader\(number) is shown \(notice)") }
        }
    }

    /// What is sent is sent to those who see it now, and not muted it.
    private mutating func checkMails() async throws {
        let places = Dictionary(
            topics.enumerated().map { ($1.post.topicID, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let numbers = Dictionary(
            uniqueKeysWithValues: people.enumerated().map { ($1.principal.id, $0) }
        )
        for email in try await site.community.claimOutgoingEmails(limit: 500, leaseSeconds: 60) {
            let number = email.userID.flatMap { numbers[$0] }
            switch try await site.community.decide(on: email) {
            case .send(let mail, _):
                if let number, let topic = places[mail.topicID],
                    !sees(number, topics[topic].place) || people[number].topics[topic] == .muted
                {
                    problems.append("reader\(number) is sent \(mail.postID)")
                }
            case .digest(let digest, _):
                for topic in digest.topics {
                    guard let number, let index = places[topic.id] else { continue }
                    if !sees(number, topics[index].place) {
                        problems.append("reader\(number) has \(topic.title) in a digest")
                    }
                }
            case .notice, .skip, .wait: break
            }
            try await site.community.finishEmail(email.id, sentAs: "\(email.id)@x", response: "250")
        }
    }

    /// A week passes: no post is in two digests, nor in one after it was mailed by itself.
    private mutating func checkDigests() async throws {
        site.clock.advance(seconds: 8 * 86_400)
        try await site.community.makeDigests()
        let twice = try await site.number(
            """
            SELECT count(*) FROM digest_posts d JOIN outgoing_emails o ON o.user_id = d.user_id
                AND o.post_id = d.post_id AND o.id < d.email_id
            """
        )
        if twice > 0 { problems.append("\(twice) posts were mailed and stand in a digest") }
        try await checkMails()
    }
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators (OOPSLA 2014).
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
