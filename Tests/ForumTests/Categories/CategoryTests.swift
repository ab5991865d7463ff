import Forum
import Postgres
import TestSupport
import Testing

struct CategoryTests {
    private func fields(_ change: (inout CategoryFields) -> Void) -> CategoryFields {
        var fields = CategoryFields()
        change(&fields)
        return fields
    }

    /// A topic row as it stands after posting; what posting itself does has tests of its own.
    private func topic(
        _ site: TestCommunity,
        in category: CategoryID,
        by author: Principal,
        isVisible: Bool = true
    ) async throws {
        try await site.database.pool.execute(
            """
            INSERT INTO topics (title, fancy_title, slug, category_id, user_id, last_post_user_id,
                visible, created_at, bumped_at)
            VALUES ('A title', 'A title', 'a-title', \(category), \(author.id), \(author.id),
                \(isVisible), \(site.clock.now), \(site.clock.now))
            """
        )
    }

    @Test func `a new category is open to everyone`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let member = try await site.member("anna")
            var new = NewCategory(name: "  Trains & Trams ")
            new.color = "#AB12cd"
            new.description = "About *rails*."
            let made = try await site.community.createCategory(new, by: admin)
            #expect(made.name == "Trains & Trams")
            #expect(made.slug == "trains-trams")
            #expect(made.color == "AB12cd")
            #expect(made.descriptionCooked?.contains("<em>rails</em>") == true)
            #expect(!made.isReadRestricted)
            #expect(made.url == "/c/trains-trams/\(made.id)")
            let seen = try await site.community.category(made.id, for: .anonymous)
            #expect(seen.permission == nil)
            #expect(!seen.canEdit)
            #expect(
                try await site.community.category(made.id, for: .member(member)).permission == 1
            )
            let events: [String] = try await site.database.pool.values(
                "SELECT data->>'category_id' FROM outbox WHERE event = 'category_updated'"
            )
            #expect(events == ["\(made.id)"])
        }
    }

    @Test func `who is in no named group does not know of the category`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let moderator = try await site.moderator()
            let admin = try await site.admin()
            let club = try await site.group("club", members: [anna])
            let secret = try await site.category("Secret", permissions: ["club": 2])
            #expect(secret.isReadRestricted)
            let member = try await site.refreshed(anna)
            let viewers: [(Viewer, Int?)] = [
                (.anonymous, nil), (.member(bert), nil), (.member(moderator), nil),
                (.member(member), 2), (.member(admin), 1),
            ]
            for (viewer, permission) in viewers {
                let ids = try await site.community.categories(for: viewer).map(\.id)
                #expect(ids.contains(secret.id) == (permission != nil))
                for path in [["secret"], ["secret", "\(secret.id)"], ["\(secret.id)"]] {
                    if let permission {
                        let found = try await site.community.category(path: path, for: viewer)
                        #expect(found.permission == permission)
                    } else {
                        await #expect(throws: ForumError.notFound) {
                            try await site.community.category(path: path, for: viewer)
                        }
                    }
                }
            }
            try await site.community.removeMembers([anna.id], from: club.id, by: admin)
            let left = try await site.refreshed(anna)
            await #expect(throws: ForumError.notFound) {
                try await site.community.category(secret.id, for: .member(left))
            }
        }
    }

    @Test func `counts and activity tell a viewer nothing of what is hidden`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let open = try await site.category("Open")
            try await topic(site, in: open.id, by: anna)
            let before = try await site.community.category(open.id, for: .anonymous)
            #expect(before.topicsDay == 1)
            #expect(before.topicsYear == 1)
            site.clock.advance(seconds: 60)
            try await topic(site, in: open.id, by: anna, isVisible: false)
            let after = try await site.community.category(open.id, for: .anonymous)
            #expect(after.topicsDay == 1)
            #expect(after.lastActivityAt == before.lastActivityAt)
            let owner = try await site.community.category(open.id, for: .member(anna))
            #expect(owner.topicsDay == 2)
            site.clock.advance(seconds: 8 * 86_400)
            let later = try await site.community.category(open.id, for: .anonymous)
            #expect([later.topicsDay, later.topicsWeek, later.topicsMonth] == [0, 0, 1])
        }
    }

    @Test func `only administrators make, change and delete categories`() async throws {
        try await TestCommunity.with { site in
            let open = try await site.category("Open")
            for actor in [try await site.member("anna", trustLevel: 4), try await site.moderator()]
            {
                await #expect(throws: ForumError.forbidden) {
                    try await site.community.createCategory(NewCategory(name: "Mine"), by: actor)
                }
                await #expect(throws: ForumError.forbidden) {
                    try await site.community.updateCategory(
                        open.id,
                        CategoryFields(name: "Mine"),
                        by: actor
                    )
                }
                await #expect(throws: ForumError.forbidden) {
                    try await site.community.deleteCategory(open.id, by: actor)
                }
                await #expect(throws: ForumError.forbidden) {
                    _ = try await site.community.permissions(of: open.id, by: actor)
                }
            }
        }
    }

    @Test func `a child of a restricted parent lets in no group the parent keeps out`() async throws
    {
        try await TestCommunity.with { site in
            _ = try await site.group("club")
            _ = try await site.group("other")
            let community = site.community
            let parent = try await site.category("Parent", permissions: ["club": 1])
            let child = try await site.category("Child", parent: parent.id)
            // Without permissions of its own the child is as closed as its parent.
            #expect(child.isReadRestricted)
            #expect(child.url == "/c/parent/child/\(child.id)")
            for permissions in [["everyone": 1], ["club": 1, "other": 3]] {
                let error = try await #require(throws: ForumError.self) {
                    try await community.updateCategory(
                        child.id,
                        CategoryFields(name: "Child", permissions: permissions),
                        by: .system
                    )
                }
                #expect(error.field == "permissions")
            }
            // Nor does the parent close itself over the heads of its children.
            let error = try await #require(throws: ForumError.self) {
                try await community.updateCategory(
                    parent.id,
                    CategoryFields(name: "Parent", permissions: ["other": 1]),
                    by: .system
                )
            }
            #expect(error.message.contains("club"))
            let rights = try await community.permissions(of: parent.id, by: .system)
            #expect(rights.map(\.groupName) == ["club"])
            #expect(try await community.category(parent.id, for: .member(.system)).hasChildren)
        }
    }

    @Test func `parent and child changed at once never end in conflict`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.group("club")
            let parent = try await site.category("Parent")
            let child = try await site.category("Child", parent: parent.id)
            for _ in 0..<5 {
                let closed = fields { $0.permissions = ["club": 1] }
                let open = fields { $0.permissions = ["everyone": 1] }
                await withTaskGroup(of: Void.self) { group in
                    for (id, fields) in [(parent.id, closed), (child.id, open)] {
                        group.addTask {
                            do {
                                _ = try await site.community.updateCategory(id, fields, by: .system)
                            } catch {
                                // One of the two may be refused; the state decides below.
                                #expect(error is ForumError)
                            }
                        }
                    }
                }
                let parentIsOpen = try await !site.community
                    .category(parent.id, for: .member(.system)).isReadRestricted
                let childIsOpen = try await !site.community
                    .category(child.id, for: .member(.system)).isReadRestricted
                #expect(parentIsOpen || !childIsOpen)
            }
        }
    }

    @Test func `categories are two deep`() async throws {
        try await TestCommunity.with { site in
            let parent = try await site.category("Parent")
            let child = try await site.category("Child", parent: parent.id)
            let other = try await site.category("Other")
            let cases: [(CategoryID, CategoryID)] = [
                (other.id, child.id), (parent.id, other.id), (other.id, other.id),
                (.uncategorized, other.id), (other.id, CategoryID(9999)),
            ]
            for (id, newParent) in cases {
                let changes = fields { $0.parentID = newParent }
                let error = try await #require(throws: ForumError.self) {
                    _ = try await site.community.updateCategory(id, changes, by: .system)
                }
                #expect(error.field == "parent_category_id")
            }
            let free = try await site.community.updateCategory(
                child.id,
                fields { $0.parentID = CategoryID(0) },
                by: .system
            )
            #expect(free.parentID == nil)
        }
    }

    private static let badFields = [
        ("", "", "0088CC", "name"),
        (String(repeating: "x", count: 51), "", "0088CC", "name"),
        ("general", "", "0088CC", "name"),
        ("New", "general", "0088CC", "slug"),
        ("New", "12", "0088CC", "slug"),
        ("New", "a/b", "0088CC", "slug"),
        ("New", "", "red", "color"),
        ("New\u{0}", "", "0088CC", "name"),
    ]

    @Test func `a bad field is named`() async throws {
        try await TestCommunity.with { site in
            for (name, slug, color, field) in Self.badFields {
                let new = fields {
                    $0.name = name
                    $0.slug = slug
                    $0.color = color
                }
                let error = try await #require(throws: ForumError.self) {
                    try await site.community.createCategory(new, by: .system)
                }
                #expect(error.code == .invalid)
                #expect(error.field == field)
            }
        }
    }

    @Test func `unknown groups and taken addresses are refused`() async throws {
        try await TestCommunity.with { site in
            await #expect(throws: ForumError.self) {
                try await site.category("New", permissions: ["nobody": 1])
            }
            await #expect(throws: ForumError.self) {
                try await site.category("New", permissions: ["everyone": 4])
            }
            let first = try await site.category("First")
            let second = try await site.category("Second")
            let mail = fields { $0.emailIn = "Trains@example.com, trams@example.com" }
            let changed = try await site.community.updateCategory(first.id, mail, by: .system)
            #expect(changed.emailIn == "trains@example.com|trams@example.com")
            let taken = fields { $0.emailIn = "TRAMS@example.com" }
            let error = try await #require(throws: ForumError.self) {
                _ = try await site.community.updateCategory(second.id, taken, by: .system)
            }
            #expect(error.field == "email_in")
        }
    }

    @Test func `a name without Latin letters still has an address`() async throws {
        try await TestCommunity.with { site in
            let made = try await site.category("日本語")
            #expect(made.slug == "\(made.id)-category")
        }
    }

    @Test func `a category goes only when nothing stands in it`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let community = site.community
            let parent = try await site.category("Parent")
            let child = try await site.category("Child", parent: parent.id)
            for id in [parent.id, .uncategorized] {
                await #expect(throws: ForumError.self) {
                    try await community.deleteCategory(id, by: .system)
                }
            }
            try await topic(site, in: child.id, by: anna)
            let error = try await #require(throws: ForumError.self) {
                try await community.deleteCategory(child.id, by: .system)
            }
            #expect(error.code == .conflict)
            try await site.database.pool.execute("DELETE FROM topics")
            try await community.deleteCategory(child.id, by: .system)
            try await community.deleteCategory(parent.id, by: .system)
            await #expect(throws: ForumError.notFound) {
                try await community.category(parent.id, for: .member(.system))
            }
        }
    }
}
