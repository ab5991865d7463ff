import Testing

@testable import TerminalUI

@Suite struct PrefetchTests {
    private static func model(_ rows: [TopicRow] = Sample.rows) -> Player {
        var settings = Settings()
        settings.prefetches = true
        let model = Player(
            Model(
                site: Sample.site(),
                size: Size(columns: 80, rows: 24),
                now: noon,
                settings: settings
            )
        )
        return model
    }

    private static let first = TopicPlace(topic: 1, near: 39, highestNumber: 41)
    private static let second = TopicPlace(topic: 2, near: 7, highestNumber: 7)
    private static let fifth = TopicPlace(topic: 5, near: nil, highestNumber: 10)

    @Test func `what Space would open is fetched before, and asked for once`() {
        let model = PrefetchTests.model()
        let page = TopicPage(rows: Sample.rows, hasMore: false)
        let effects = model.update(.topicsLoaded(.latest, page: 0, page))
        #expect(effects == [.prefetch([PrefetchTests.first, PrefetchTests.second], beyond: false)])
        #expect(model.press("?q").isEmpty)
        #expect(
            model.press("j") == [
                .prefetch([PrefetchTests.second, PrefetchTests.fifth], beyond: false)
            ]
        )
    }

    @Test func `while a topic is read, the next ones are fetched and nothing is marked`() {
        let model = PrefetchTests.model()
        let page = TopicPage(rows: Sample.rows, hasMore: false)
        _ = model.update(.topicsLoaded(.latest, page: 0, page))
        #expect(!model.press("<enter>").contains { if case .prefetch = $0 { true } else { false } })
        let effects = model.update(.topicLoaded(Sample.detail(count: 41, lastRead: 38), near: 39))
        #expect(
            effects.contains(.prefetch([PrefetchTests.second, PrefetchTests.fifth], beyond: false))
        )
        let marked = effects.compactMap { effect -> Int? in
            if case .markRead(let topic, _) = effect { topic } else { nil }
        }
        #expect(Set(marked) == [1])
    }

    @Test func `guests, rows of other sites and a lost network fetch nothing`() {
        var rows = Sample.rows
        for index in rows.indices {
            rows[index].site = "https://other.example"
        }
        let model = PrefetchTests.model()
        let elsewhere = TopicPage(rows: rows, hasMore: false)
        #expect(model.update(.topicsLoaded(.latest, page: 0, elsewhere)).isEmpty)
        let page = TopicPage(rows: Sample.rows, hasMore: false)
        model.model.site.username = nil
        #expect(model.update(.topicsLoaded(.latest, page: 0, page)).isEmpty)
        model.model.site.username = "ana"
        _ = model.update(.connected(false))
        #expect(model.update(.topicsLoaded(.latest, page: 0, page)).isEmpty)
    }

    @Test func `the member can do without`() {
        let model = PrefetchTests.model()
        model.model.settings.prefetches = false
        let page = TopicPage(rows: Sample.rows, hasMore: false)
        #expect(model.update(.topicsLoaded(.latest, page: 0, page)).isEmpty)
    }

    @Test func `towards the end of the list the rest of the site is looked at, once`() {
        let model = PrefetchTests.model()
        let page = TopicPage(rows: [Sample.rows[0], Sample.rows[2]], hasMore: true)
        let effects = model.update(.topicsLoaded(.latest, page: 0, page))
        #expect(effects == [.prefetch([PrefetchTests.first], beyond: true)])
        let ahead = model.update(.unreadAhead([Sample.rows[0], Sample.rows[1]]))
        #expect(ahead == [.prefetch([PrefetchTests.first, PrefetchTests.second], beyond: false)])
        model.press("<enter>")
        _ = model.update(.topicLoaded(Sample.detail(count: 41, lastRead: 38), near: 39))
        // The list is read: what was found opens without a question to the site.
        let opened = model.press(" ")
        #expect(opened.contains(.loadTopic(id: 2, near: 7)))
        #expect(!opened.contains(.findUnread))
    }

    @Test func `a list of unread topics goes on with its next page`() {
        let model = PrefetchTests.model()
        model.press("gu")
        let page = TopicPage(rows: [Sample.rows[0]], hasMore: true)
        let effects = model.update(.topicsLoaded(.unread, page: 0, page))
        #expect(effects.contains(.loadTopics(.unread, page: 1)))
        _ = model.update(
            .failed(.loadTopics(.unread, page: 1), Failure(.server, "The site has trouble."))
        )
        #expect(model.press("?q").isEmpty)
    }
}
