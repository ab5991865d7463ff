import Forum
import Postgres
import TestSupport
import Testing

struct TagGroupTests {
    private func fields(
        _ name: String,
        tags: [String]? = nil,
        parent: String? = nil,
        onePerTopic: Bool? = nil,
        permissions: [String: Int]? = nil
    ) -> TagGroupFields {
        var fields = TagGroupFields()
        fields.name = name
        fields.tagNames = tags
        fields.parentTagName = parent
        fields.isOnePerTopic = onePerTopic
        fields.permissions = permissions
        return fields
    }

    private func tags(
        of topic: TopicID,
        _ site: TestCommunity,
        _ viewer: Viewer
    ) async throws
        -> [String]
    {
        try await site.community.topicPage(topic, .start, for: viewer).tags.map(\.name)
    }

    @Test func `staff keeps tag groups, others cannot`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna", trustLevel: 4)
            let moderator = try await site.moderator()
            await #expect(throws: ForumError.forbidden) {
                try await site.community.createTagGroup(fields("Sizes"), by: anna)
            }
            let made = try await site.community.createTagGroup(
                fields("Sizes", tags: ["Small", "large"], parent: "size", onePerTopic: true),
                by: moderator
            )
            #expect(made.tags.map(\.name) == ["large", "small"])
            #expect(made.parent?.name == "size")
            #expect(made.permissions == ["everyone": 1])
            for bad in [
                fields("sizes"), fields(" "), fields(String(repeating: "x", count: 101)),
                fields("Other", permissions: ["everyone": 2]),
                fields("Other", permissions: ["nobody-at-all": 1]),
            ] {
                let error = try await #require(throws: ForumError.self) {
                    try await site.community.createTagGroup(bad, by: moderator)
                }
                #expect(error.code == .invalid)
            }
            var changes = TagGroupFields()
            changes.parentTagName = ""
            changes.tagNames = ["small"]
            let changed = try await site.community.updateTagGroup(made.id, changes, by: moderator)
            #expect(changed.name == "Sizes" && changed.isOnePerTopic)
            #expect(changed.parent == nil && changed.tags.map(\.name) == ["small"])
            try await site.community.deleteTagGroup(made.id, by: moderator)
            await #expect(throws: ForumError.notFound) {
                try await site.community.tagGroup(made.id, by: moderator)
            }
        }
    }

    @Test func `a hidden tag leaks nowhere`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let outsider = try await site.member("anna", trustLevel: 3)
            let insider = try await site.member("bert")
            _ = try await site.group("club", members: [insider])
            let group = try await site.community.createTagGroup(
                fields("Covert", tags: ["covert"], permissions: ["club": 1]),
                by: admin
            )
            let member = Viewer.member(try await site.refreshed(insider))
            let made = try await site.topic(tags: ["covert", "plain"], by: admin)
            for (viewer, expected) in [
                (Viewer.anonymous, ["plain"]), (.member(outsider), ["plain"]),
                (member, ["covert", "plain"]), (.member(admin), ["covert", "plain"]),
            ] {
                #expect(try await tags(of: made.topicID, site, viewer) == expected)
                let list = try await site.community.topicList(TopicListQuery(), for: viewer)
                #expect(list.topics[0].tags.map(\.name) == expected)
                let all = try await site.community.tags(for: viewer)
                #expect(all.map(\.name).sorted() == expected)
                let isKnown = expected.contains("covert")
                var narrowed = TopicListQuery()
                narrowed.conditions = [.tags(["covert"], all: false, isExcluded: false)]
                let found = try await site.community.topicList(narrowed, for: viewer)
                #expect(found.topics.isEmpty == !isKnown)
                let search = try await site.community.search("tags:covert", for: viewer)
                #expect(search.posts.isEmpty == !isKnown)
                #expect(try await site.community.searchTags("cov", for: viewer).isEmpty == !isKnown)
                if !isKnown {
                    await #expect(throws: ForumError.notFound) {
                        try await site.community.tag(named: "covert", for: viewer)
                    }
                }
            }
            // Who cannot see it neither takes it away by an edit nor puts it on a topic.
            try await site.community.editTopic(made.topicID, tags: ["other"], by: outsider)
            #expect(
                try await tags(of: made.topicID, site, .member(admin)) == ["covert", "other"]
            )
            let own = try await site.topic(
                "A topic of their own here",
                tags: ["covert"],
                by: outsider
            )
            #expect(try await tags(of: own.topicID, site, .member(admin)) == [])
            try await site.community.deleteTagGroup(group.id, by: admin)
            #expect(
                try await tags(of: made.topicID, site, .anonymous) == ["covert", "other"]
            )
        }
    }

    @Test func `topics keep the rules of tag groups and categories`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna", trustLevel: 3)
            _ = try await site.community.createTagGroup(
                fields("Sizes", tags: ["small", "large"], parent: "size", onePerTopic: true),
                by: admin
            )
            _ = try await site.community.createTagGroup(
                fields("Official", tags: ["official"], permissions: ["everyone": 3, "staff": 1]),
                by: admin
            )
            var new = NewCategory(name: "Shop")
            new.settings.allowedTags = ["offer"]
            new.settings.requiredTagGroups = [RequiredTagGroup(name: "Sizes", minCount: 1)]
            let shop = try await site.community.createCategory(new, by: admin)
            let refused: [([String], CategoryID?, String)] = [
                (["small", "large"], nil, "simultaneously"), (["official"], nil, "by staff"),
                (["offer"], nil, "this category"), (["small", "odd"], shop.id, "this category"),
                ([], shop.id, "at least 1 Sizes tag"), (["offer"], shop.id, "at least 1 Sizes"),
            ]
            for (tags, category, word) in refused {
                let error = try await #require(throws: ForumError.self) {
                    try await site.topic(in: category, tags: tags, by: anna)
                }
                #expect(error.code == .invalid && error.field == "tags")
                #expect(error.message.contains(word), "\(error.message)")
            }
            let made = try await site.topic(in: shop.id, tags: ["small", "offer"], by: anna)
            #expect(
                try await tags(of: made.topicID, site, .anonymous) == ["offer", "size", "small"]
            )
            let official = try await site.topic(
                "An announcement of the staff",
                tags: ["official"],
                by: admin
            )
            #expect(try await tags(of: official.topicID, site, .anonymous) == ["official"])
            // A rule does not stand in the way of what was there before.
            try await site.community.editTopic(
                official.topicID,
                tags: ["official", "plain"],
                by: anna
            )
        }
    }

    @Test func `a synonym is folded into its target`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna", trustLevel: 3)
            let old = try await site.topic(tags: ["crimson"], by: admin)
            try await site.topic("Another topic about red", tags: ["red"], by: admin)
            await #expect(throws: ForumError.forbidden) {
                try await site.community.addSynonyms(["crimson"], of: "red", by: anna)
            }
            try await site.community.addSynonyms(["crimson", "scarlet"], of: "red", by: admin)
            #expect(try await tags(of: old.topicID, site, .anonymous) == ["red"])
            let new = try await site.topic(
                "A third topic, scarlet",
                tags: ["scarlet", "red"],
                by: anna
            )
            #expect(try await tags(of: new.topicID, site, .anonymous) == ["red"])
            let tag = try await site.community.tag(named: "crimson", for: .anonymous)
            #expect(tag.targetName == "red" && tag.topicCount == 3)
            let red = try await site.community.tag(named: "red", for: .anonymous)
            let info = try await site.community.tagInfo(red, for: .anonymous)
            #expect(info.synonyms.map(\.name) == ["crimson", "scarlet"])
            try await site.community.removeSynonym("scarlet", of: "red", by: admin)
            await #expect(throws: ForumError.notFound) {
                try await site.community.removeSynonym("scarlet", of: "red", by: admin)
            }
        }
    }
}
