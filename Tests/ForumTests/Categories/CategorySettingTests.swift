import Forum
import Postgres
import TestSupport
import Testing

struct CategorySettingTests {
    @Test func `settings are kept, changed one by one and cleared`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            var new = NewCategory(name: "Shop")
            new.settings.styleType = "icon"
            new.settings.icon = "cart"
            new.settings.autoCloseHours = 48
            new.settings.searchPriority = 4
            new.settings.sortOrder = "views"
            new.settings.customFields = ["a": "1", "b": "2"]
            new.settings.allowedTags = ["offer"]
            let made = try await site.community.createCategory(new, by: admin)
            #expect(made.settings.icon == "cart" && made.settings.autoCloseHours == 48)
            #expect(made.settings.customFields == ["a": "1", "b": "2"])
            #expect(made.settings.allowedTags == ["offer"])
            var changes = CategoryFields()
            changes.settings.icon = ""
            changes.settings.autoCloseHours = 0
            changes.settings.customFields = ["a": "", "c": "3"]
            let changed = try await site.community.updateCategory(made.id, changes, by: admin)
            #expect(changed.settings.icon == nil && changed.settings.autoCloseHours == nil)
            #expect(changed.settings.customFields == ["b": "2", "c": "3"])
            #expect(changed.settings.searchPriority == 4)
            #expect(changed.settings.allowedTags == ["offer"])
        }
    }

    @Test func `a new topic starts with what its category says`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            var new = NewCategory(name: "Shop")
            new.settings.autoCloseHours = 48
            new.settings.allTopicsWiki = true
            new.settings.defaultSlowModeSeconds = 60
            let shop = try await site.community.createCategory(new, by: admin)
            let made = try await site.topic(in: shop.id, by: admin)
            let other = try await site.topic("A topic elsewhere, as usual", by: admin)
            for (topic, expected) in [(made.topicID, 1), (other.topicID, 0)] {
                let count = try await site.number(
                    """
                    SELECT count(*) FROM topics t JOIN posts p ON p.topic_id = t.id AND p.wiki
                        JOIN topic_timers x ON x.topic_id = t.id AND x.status_type = 'close'
                            AND x.execute_at > now() + interval '47 hours'
                    WHERE t.id = \(topic) AND t.slow_mode_seconds = 60
                    """
                )
                #expect(count == expected)
            }
        }
    }

    @Test func `what no category can have is refused`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let bad: [(inout CategorySettingFields) -> Void] = [
                { $0.styleType = "round" }, { $0.searchPriority = 9 }, { $0.sortOrder = "odd" },
                { $0.defaultTopPeriod = "fortnight" }, { $0.autoCloseHours = -1 },
                { $0.allowedTagGroups = ["nope"] },
                { $0.requiredTagGroups = [RequiredTagGroup(name: "nope", minCount: 0)] },
                { $0.customFields = ["": "x"] }, { $0.icon = String(repeating: "x", count: 101) },
            ]
            for change in bad {
                var new = NewCategory(name: "Shop")
                change(&new.settings)
                let error = try await #require(throws: ForumError.self) {
                    try await site.community.createCategory(new, by: admin)
                }
                #expect(error.code == .invalid)
            }
            #expect(try await site.community.categories(for: .member(admin)).count == 3)
        }
    }

    @Test func `order and readers are told to those who may know`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            _ = try await site.group("club", members: [admin])
            let open = try await site.category("Open")
            let closed = try await site.category("Closed", permissions: ["club": 1])
            await #expect(throws: ForumError.forbidden) {
                try await site.community.reorderCategories([open.id: 0], by: anna)
            }
            await #expect(throws: ForumError.notFound) {
                try await site.community.reorderCategories([CategoryID(9999): 0], by: admin)
            }
            try await site.community.reorderCategories([open.id: 7, closed.id: 6], by: admin)
            #expect(try await site.community.category(open.id, for: .anonymous).position == 7)
            #expect(
                try await site.community.visibleGroups(of: closed.id, for: .member(admin)) == [
                    "club"
                ]
            )
            await #expect(throws: ForumError.notFound) {
                try await site.community.visibleGroups(of: closed.id, for: .member(anna))
            }
            let found = try await site.community.searchCategories(
                CategorySearch(),
                for: .member(anna)
            )
            #expect(!found.contains { $0.id == closed.id })
        }
    }
}
