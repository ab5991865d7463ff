import ForumAPI
import Testing

@testable import ForumClient

struct TopicPagesTests {
    @Test func `posts come in groups of twenty, in order`() async throws {
        try await LoopbackSite.with { asked in
            // The ids in the query, the other way round, without number 13.
            let ids = asked.uri.split(separator: "?")[1].split(separator: "&")
                .compactMap { Int($0.split(separator: "=")[1]) }
            let posts = ids.reversed().filter { $0 != 13 }.map { #"{"id":\#($0)}"# }
            return Answer(#"{"post_stream":{"posts":[\#(posts.joined(separator: ","))]},"id":5}"#)
        } _: { site in
            try await withClient(of: site) { client in
                let posts = try await client.posts(ofTopic: 5, ids: Array(1...45))
                #expect(posts.map(\.id) == Array(1...12) + Array(14...45))
            }
            #expect(site.asked.count == 3)
            #expect(site.asked[0].uri.hasPrefix("/t/5/posts.json?post_ids%5B%5D=1&post_ids"))
        }
    }

    @Test func `the next page is where the list says`() async throws {
        try await LoopbackSite.with { asked in
            asked.uri.contains("page=1")
                ? Answer(#"{"topic_list":{"topics":[{"id":2}]}}"#)
                : Answer(
                    #"{"topic_list":{"more_topics_url":"/c/a/5?order=views&page=1","topics":[]}}"#
                )
        } _: { site in
            try await withClient(of: site) { client in
                let first = try await client.call(API.Topics.latest, body: .init())
                let second = try #require(try await client.nextPage(after: first))
                #expect(second.topicList.topics.map(\.id) == [2])
                #expect(try await client.nextPage(after: second) == nil)
                var foreign = first
                foreign.topicList.moreTopicsURL = "//evil.example/latest"
                await #expect(throws: ClientError.moved(to: "//evil.example/latest")) {
                    try await client.nextPage(after: foreign)
                }
            }
            #expect(site.asked[1].uri == "/c/a/5.json?order=views&page=1")
        }
    }

    private func post(_ id: Int) -> PostBody {
        var post = PostBody()
        post.id = id
        return post
    }

    @Test func `a stream knows what comes next`() {
        var topic = TopicBody()
        topic.id = 5
        topic.postStream = PostStreamBody(posts: [post(30), post(31)], stream: Array(1...60))
        var stream = PostStream(topic)
        #expect(stream.idsAfter == Array(32...51))
        #expect(stream.idsBefore == Array(10...29))
        stream.add(stream.idsAfter.map(post))
        #expect(stream.idsAfter == Array(52...60))
        stream.add([post(61)])
        #expect(stream.ids.last == 61)
        #expect(stream.idsAfter.isEmpty)
        #expect(stream.posts.count == 23)
        stream.remove(30)
        #expect(stream.posts.first?.id == 31)
        #expect(stream.idsBefore == Array(10...29))
    }

    @Test func `a stream without ids is what is there`() {
        var topic = TopicBody()
        topic.postStream = PostStreamBody(posts: [post(1), post(2)])
        let stream = PostStream(topic)
        #expect(stream.ids == [1, 2])
        #expect(stream.idsAfter.isEmpty)
        #expect(stream.idsBefore.isEmpty)
    }
}
