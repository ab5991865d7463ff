import Testing

@testable import ForumAPI

struct WireDecoderTests {
    private func request<T: Decodable>(_ type: T.Type, _ form: String) throws -> T {
        try decodeRequest(T.self, from: WireValue.parse(form: form.utf8))
    }

    @Test func `a form becomes a request`() throws {
        let post = try request(
            CreatePostRequest.self,
            "raw=Hello&topic_id=5&tags[]=a&tags[]=b&auto_track=false&reply_to_post_number="
        )
        #expect(post.raw == "Hello")
        #expect(post.topicID == 5)
        #expect(post.tags == ["a", "b"])
        #expect(post.autoTrack == false)
        #expect(post.replyToPostNumber == nil)
        #expect(post.title == nil)
        let timings = try request(
            TimingsRequest.self,
            "topic_id=1&topic_time=500&timings[1]=200&timings[2]=300"
        )
        #expect(timings.timings == ["1": 200, "2": 300])
        let category = try request(
            CategoryRequest.self,
            "name=A&permissions[everyone]=1&custom_fields[x]=y"
        )
        #expect(category.permissions == ["everyone": 1])
        #expect(try request(TopicPostsQuery.self, "post_ids[]=1&post_ids[]=2").postIDs == [1, 2])
        #expect(try request(TopicPostsQuery.self, "post_ids[0]=7&post_ids[1]=8").postIDs == [7, 8])
    }

    @Test(arguments: [
        ("true", true), ("t", true), ("1", true), ("on", true), ("TRUE", true),
        ("false", false), ("f", false), ("0", false), ("off", false),
    ])
    func `words are true or false`(text: String, value: Bool) throws {
        let status = try request(UpdateTopicStatusRequest.self, "status=closed&enabled=\(text)")
        #expect(status.enabled == value)
    }

    @Test(arguments: [
        ("title=x", WireError.missing(parameter: "raw")),
        ("raw[]=x", .invalid(parameter: "raw", reason: "must be a text")),
        ("raw[a]=x", .invalid(parameter: "raw", reason: "must be a text")),
        ("raw=x&topic_id=abc", .invalid(parameter: "topic_id", reason: "must be a whole number")),
        ("raw=x&topic_id=1.5", .invalid(parameter: "topic_id", reason: "must be a whole number")),
        ("raw=x&topic_id[]=1", .invalid(parameter: "topic_id", reason: "must be a whole number")),
        (
            "raw=x&auto_track=maybe",
            .invalid(parameter: "auto_track", reason: "must be true or false")
        ),
        ("raw=x&tags[a]=b", .invalid(parameter: "tags", reason: "must be a list")),
        ("raw=x&tags[][a]=b", .invalid(parameter: "tags[]", reason: "must be a text")),
        ("raw=a%00b", .invalid(parameter: "raw", reason: "must be a text")),
        (
            "raw=x&topic_id=99999999999999999999",
            .invalid(parameter: "topic_id", reason: "must be a whole number")
        ),
    ])
    func `what is wrong is named`(form: String, error: WireError) {
        #expect(throws: error) { try request(CreatePostRequest.self, form) }
    }

    @Test func `a nested parameter is named with its brackets`() throws {
        #expect(throws: WireError.invalid(parameter: "post[raw]", reason: "must be a text")) {
            try request(UpdatePostRequest.self, "post[raw][]=x")
        }
        #expect(throws: WireError.invalid(parameter: "post", reason: "must have named values")) {
            try request(UpdatePostRequest.self, "post=x")
        }
        #expect(
            WireError.missing(parameter: "raw").description
                == "param is missing or the value is empty: raw"
        )
    }

    @Test func `JSON numbers may be texts and texts numbers`() throws {
        let body = try WireValue.parse(
            json: Array(#"{"raw":5,"topic_id":"7","category":3.0}"#.utf8)
        )
        let post = try decodeRequest(CreatePostRequest.self, from: body)
        #expect(post.raw == "5")
        #expect(post.topicID == 7)
        #expect(post.category == 3)
    }

    @Test func `a reply of another age is read as far as it goes`() throws {
        let old = #"""
            {"topic_list":{"per_page":"30","topics":[{"id":"4","title":"T","tags":["a"],
            "unknown":{"x":1},"pinned":null,"posters":[{"user_id":1}],"views":12.0},
            {"id":5,"tags":null,"posters":"odd"}]}}
            """#
        let list = try decodeReply(TopicListReply.self, from: Array(old.utf8))
        #expect(list.topicList.perPage == 30)
        #expect(list.users.isEmpty)
        let topic = try #require(list.topicList.topics.first)
        #expect(topic.id == 4)
        #expect(topic.tags == [TagReferenceBody(id: 0, name: "a", slug: "a")])
        #expect(topic.views == 12)
        #expect(topic.posters.first?.userID == 1)
        #expect(list.topicList.topics.last?.posters.isEmpty == true)
    }

    @Test func `an empty reply is empty, and something else is an error`() throws {
        let topic = try decodeReply(TopicBody.self, from: Array("{}".utf8))
        #expect(topic.postStream.posts.isEmpty)
        #expect(topic.details.createdBy == nil)
        #expect(throws: WireError.self) { try decodeReply(TopicBody.self, from: Array("[1]".utf8)) }
        #expect(throws: WireError.self) {
            try decodeReply(TopicBody.self, from: Array("<html>".utf8))
        }
        #expect(throws: WireError.self) {
            try decodeReply([PostBody].self, from: Array("{\"a\":1}".utf8))
        }
    }

    @Test func `a poll is channels with positions`() throws {
        let poll = try request(PollRequest.self, "%2Flatest=12&%2Ftopic%2F5=-1&__seq=3&other=x")
        #expect(poll == PollRequest(positions: ["/latest": 12, "/topic/5": -1], sequence: 3))
        let fields = try formFields(poll).map { "\($0.name)=\($0.value)" }
        #expect(fields == ["/latest=12", "/topic/5=-1", "__seq=3"])
    }
}
