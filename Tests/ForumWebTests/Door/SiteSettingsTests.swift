import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

/// What programs ask before they write.
@Suite struct SiteSettingsTests {
    @Test func `programs are told what they must keep to, and nothing of how abuse is judged`()
        async throws
    {
        try await WebSite.with { web in
            try await web.community.changeSetting("min_post_length", to: "7", by: web.boss)
            try await web.community.changeSetting("push_api_secret_key", to: "secret", by: web.boss)
            let answer = try await web.send(.get, "/site/settings.json")
            let settings = try answer.json
            #expect(settings["min_post_length"] == .number("7"))
            #expect(settings["tagging_enabled"] == .bool(true))
            #expect(settings["title"]?.stringValue == web.community.settings.current.title)
            let names = Set(settings.objectValue?.map { $0.0 } ?? [])
            #expect(names == Set(SettingDefinition.forClients.map(\.name)))
            #expect(names.count == 36)
            #expect(!SettingDefinition.forClients.contains { $0.isSecret })
            #expect(!answer.text.contains("secret"))
        }
    }
}
