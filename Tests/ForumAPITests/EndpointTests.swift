import Testing

@testable import ForumAPI

struct EndpointTests {
    @Test func `a path is filled in and encoded`() throws {
        #expect(
            try API.Topics.showWithSlug.path(filling: ["slug": "a b/ü", "topic_id": "5"])
                == "/t/a%20b%2F%C3%BC/5"
        )
        #expect(try API.Site.show.path() == "/site")
    }

    @Test(arguments: [[:], ["topic_id": ""], ["topic_id": ".."], ["topic_id": "."], ["id": "5"]])
    func `a path is not left open`(values: [String: String]) {
        #expect(throws: EndpointError.self) { try API.Topics.show.path(filling: values) }
    }

    @Test func `the catalogue has every operation once`() {
        #expect(Set(API.catalogue).count == API.catalogue.count)
        #expect(API.catalogue.contains("GET /t/{topic_id}"))
        #expect(API.catalogue.contains("POST /message-bus/{client_id}/poll"))
        for signature in API.catalogue {
            let parts = signature.split(separator: " ")
            #expect(parts.count == 2)
            #expect(EndpointMethod(rawValue: String(parts[0])) != nil)
            #expect(parts[1].hasPrefix("/") && !parts[1].hasSuffix("/"))
        }
    }

    @Test func `numbers have Discourse's names`() {
        #expect(NotificationType.numbers["watching_category_or_tag"] == 36)
        #expect(NotificationType.numbers["linked_consolidated"] == 39)
        #expect(NotificationType.numbers["group_mentioned"] == 15)
        #expect(NotificationType(name: "private_message") == .privateMessage)
        #expect(NotificationType(name: "nothing") == nil)
        #expect(NotificationType.privateMessage.rawValue == 6)
        #expect(NotificationType.bookmarkReminder.rawValue == 24)
        #expect(PostActionType.notifyModerators.name == "notify_moderators")
        #expect(PostType.numbers["small_action"] == 3)
        #expect(TrustLevel.numbers["leader"] == 4)
        #expect(NotificationLevel.watchingFirstPost.rawValue == 4)
    }
}
