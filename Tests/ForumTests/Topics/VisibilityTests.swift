import Forum
import Postgres
import TestSupport
import Testing

/// Every read of topics and posts, asked by people who may see different things.
struct VisibilityTests {
    enum Subject: String, CaseIterable {
        case open, restricted, unlisted, deleted, message
    }

    enum Reader: String, CaseIterable {
        case anonymous, stranger, crew, moderator, admin
    }

    /// Who may see what of a topic that somebody else wrote.
    static let seen: [Subject: Set<Reader>] = [
        .open: Set(Reader.allCases),
        .restricted: [.crew, .admin],
        .unlisted: [.moderator, .admin],
        .deleted: [],
        .message: [.crew, .admin],
    ]

    /// What one topic's title, text, tag and slug are made of, so that it is found in any answer.
    static func word(_ subject: Subject) -> String { "zebra\(subject.rawValue)" }

    struct World {
        let site: TestCommunity
        let topics: [Subject: CreatedPost]
        let viewers: [Reader: Viewer]
        let author: Principal
        let restricted: CategoryID
    }

    static func world(_ site: TestCommunity) async throws -> World {
        let author = try await site.admin("author")
        let member = try await site.member("crewmember")
        let group = try await site.group("crew", members: [member])
        let category = try await site.category("Crew room", permissions: ["crew": 1])
        let crew = try await site.refreshed(member)
        #expect(crew.groupIDs.contains(group.id.value))
        var topics: [Subject: CreatedPost] = [:]
        for subject in Subject.allCases {
            let word = word(subject)
            topics[subject] = try await site.community.createTopic(
                NewTopic(
                    title: "A topic called \(word) here",
                    raw: "A text that mentions \(word) once.",
                    categoryID: subject == .restricted ? category.id : nil,
                    tags: subject == .message ? [] : ["shared", "tag\(subject.rawValue)"],
                    recipients: subject == .message ? ["crewmember"] : []
                ),
                by: author
            )
        }
        for (subject, topic) in topics {
            try await site.reply(
                to: topic,
                "A reply about \(word(subject)).",
                number: 1,
                by: author
            )
        }
        let unlisted = try #require(topics[.unlisted])
        try await site.community.setTopicStatus(
            unlisted.topicID,
            status: .visible,
            enabled: false,
            by: author
        )
        let deleted = try #require(topics[.deleted])
        try await site.community.deleteTopic(deleted.topicID, by: author)
        let admin = try await site.admin("other_admin")
        return World(
            site: site,
            topics: topics,
            viewers: [
                .anonymous: .anonymous, .stranger: .member(try await site.member("stranger")),
                .crew: .member(crew), .moderator: .member(try await site.moderator()),
                .admin: .member(admin),
            ],
            author: author,
            restricted: category.id
        )
    }

    @Test func `every read of one topic knows who may see it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let world = try await Self.world(site)
            for (subject, topic) in world.topics {
                for (reader, viewer) in world.viewers {
                    let isSeen = Self.seen[subject]?.contains(reader) ?? false
                    // Staff finds what is deleted by its number, to recover it.
                    let isFound =
                        isSeen || (subject == .deleted && [.admin, .moderator].contains(reader))
                    for (name, read) in Self.readsOfOne(topic, site.community, viewer) {
                        let found = try await Self.finds(read)
                        let expected = name.hasPrefix("staff ") ? isFound : isSeen
                        #expect(found == expected, "\(name) of \(subject) by \(reader)")
                    }
                }
            }
        }
    }

    private static func finds(_ read: () async throws -> Bool) async throws -> Bool {
        do {
            return try await read()
        } catch let error as ForumError where error.code == .notFound {
            return false
        }
    }

    private static func readsOfOne(
        _ topic: CreatedPost,
        _ community: Community,
        _ viewer: Viewer
    ) -> [(String, () async throws -> Bool)] {
        let id = topic.topicID
        let word = topic.topicSlug.split(separator: "-").first { $0.hasPrefix("zebra") } ?? ""
        return [
            (
                "staff topicPage",
                {
                    // Hiding a topic is told in it.
                    try await community.topicPage(id, for: viewer).posts
                        .filter { $0.type == 1 }.count == 2
                }
            ),
            (
                "staff page near",
                {
                    try await community.topicPage(id, .near(postNumber: 2), for: viewer)
                        .stream.count >= 2
                }
            ),
            ("staff post", { try await community.post(topic.id, for: viewer).number == 1 }),
            (
                "staff by number",
                { try await community.post(id, number: 2, for: viewer).number == 2 }
            ),
            ("staff access", { try await community.topicAccess(id, for: viewer).id == id }),
            ("posts", { try await community.posts([topic.id], in: id, for: viewer).count == 1 }),
            ("replies", { try await community.replies(to: topic.id, for: viewer).count == 1 }),
            ("raw", { try await community.rawTopic(id, for: viewer).contains("zebra") }),
            (
                "raw post",
                { try await community.rawPost(id, number: 1, for: viewer).contains("zebra") }
            ),
            ("slug", { try await community.topicID(slug: topic.topicSlug, for: viewer) == id }),
            (
                "ids list",
                { try await !community.topicList(.init(.ids([id])), for: viewer).topics.isEmpty }
            ),
            (
                "topic search",
                { try await !community.search("\(word) topic:\(id)", for: viewer).posts.isEmpty }
            ),
        ]
    }

    @Test func `every list and search shows exactly what may be seen`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let world = try await Self.world(site)
            let community = site.community
            for (reader, viewer) in world.viewers {
                let seen = Set(Subject.allCases.filter { Self.seen[$0]?.contains(reader) ?? false })
                let listed = seen.intersection([.open, .restricted])
                func titles(_ query: TopicListQuery) async throws -> Set<Subject> {
                    let page = try await community.topicList(query, for: viewer)
                    return Self.subjects(in: page.topics.map(\.topic.title))
                }
                for query in [
                    TopicListQuery(.latest), TopicListQuery(.top(.all)), TopicListQuery(.hot),
                    TopicListQuery(.latest, order: .views),
                    TopicListQuery(.latest, tags: ["shared"]),
                ] {
                    #expect(try await titles(query) == listed, "\(query.filter) by \(reader)")
                }
                #expect(
                    try await titles(TopicListQuery(.latest, categoryID: world.restricted))
                        == listed.intersection([.restricted])
                )
                #expect(
                    try await titles(TopicListQuery(.createdBy(world.author.id)))
                        == seen.subtracting([.message])
                )
                let latest = try await community.latestPosts(for: viewer)
                #expect(
                    Self.subjects(in: latest.compactMap(\.raw)) == seen.subtracting([.message])
                )
                let window = try await community.latestPosts(before: 1000, for: viewer)
                #expect(window.isEmpty)
                for (search, expected) in Self.searches(listed) {
                    let found = try await community.search(search, for: viewer)
                    #expect(
                        Self.subjects(in: found.posts.map(\.blurb)) == expected,
                        "\(search) by \(reader)"
                    )
                    #expect(Self.subjects(in: found.topics.map(\.topic.title)) == expected)
                }
            }
        }
    }

    private static func searches(_ listed: Set<Subject>) -> [(String, Set<Subject>)] {
        Subject.allCases.map { subject in
            (word(subject), listed.intersection([subject]))
        } + [
            ("mentions", listed), ("@author", listed), ("#shared", listed),
            ("order:latest mention", listed),
            ("#crew-room", listed.intersection([.restricted])),
            ("tags:tagdeleted mentions", []), ("in:title topic", listed),
        ]
    }

    private static func subjects(in texts: [String]) -> Set<Subject> {
        Set(Subject.allCases.filter { subject in texts.contains { $0.contains(word(subject)) } })
    }

    @Test func `messages are listed for those they are for, and for nobody else`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let world = try await Self.world(site)
            let community = site.community
            let crew = try #require(world.viewers[.crew])
            let crewID = try #require(crew.principal?.id)
            let inbox = try await community.topicList(
                TopicListQuery(.messages(.inbox, of: crewID)),
                for: crew
            )
            #expect(inbox.topics.count == 1)
            #expect(inbox.topics[0].topic.archetype == .message)
            let found = try await community.search("zebra in:messages", for: crew)
            #expect(Self.subjects(in: found.topics.map(\.topic.title)).isEmpty)
            let exact = try await community.search("zebramessage in:messages", for: crew)
            #expect(exact.posts.count == 1)
            let stranger = try #require(world.viewers[.stranger])
            await #expect(throws: ForumError.notFound) {
                try await community.topicList(
                    TopicListQuery(.messages(.inbox, of: crewID)),
                    for: stranger
                )
            }
            let foreign = try await community.search("zebramessage in:messages", for: stranger)
            #expect(foreign.posts.isEmpty)
        }
    }

    /// What strangers see does not depend on what they may not see.
    @Test func `hidden topics change nothing in the answers for strangers`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let world = try await Self.world(site)
            func answers() async throws -> [String] {
                let list = try await site.community.topicList(TopicListQuery(), for: .anonymous)
                let search = try await site.community.search("mentions", for: .anonymous)
                return list.topics.map(\.topic.title) + list.users.map(\.username)
                    + ["\(list.hasMore)"] + search.posts.map(\.blurb) + search.tags.map(\.name)
                    + search.categories.map(\.name)
            }
            let before = try await answers()
            let insider = try await site.admin("insider")
            for index in 0..<40 {
                try await site.topic(
                    "One that mentions a secret \(index)",
                    in: world.restricted,
                    tags: ["mentions-secret"],
                    by: insider
                )
            }
            #expect(try await answers() == before)
        }
    }
}
