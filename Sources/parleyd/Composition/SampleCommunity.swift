import Forum

/// A small community to look around in: three people, two categories, some talk.
struct SampleCommunity: Sendable {
    static let password = "sample community"

    let community: Community

    /// - Returns: Whether anything was added: a forum with people or topics is left alone.
    @discardableResult
    func fillIfEmpty() async throws -> Bool {
        let statistics = try await community.aboutStatistics(for: .member(.system))
        guard statistics.topics.total == 0, try await community.user(named: "ana") == nil else {
            return false
        }
        var members: [String: Principal] = [:]
        for (username, name) in [("ana", "Ana Bell"), ("ken", "Ken Ito"), ("mod", "Mo Diaz")] {
            members[username] = try await member(username, name)
        }
        var support = CategoryFields(name: "Support")
        support.description = "Questions, and the answers to them."
        support.color = "F7941D"
        let categories = [
            "general": CategoryID(4),
            "support": try await community.createCategory(support, by: .system).id,
        ]
        for topic in Self.topics {
            guard let category = categories[topic.category] else { continue }
            try await open(topic, in: category, members)
        }
        return true
    }

    private func member(_ username: String, _ name: String) async throws -> Principal {
        var new = NewUser(
            username: username,
            email: "\(username)@example.com",
            password: Self.password,
            name: name
        )
        new.active = true
        new.approved = true
        new.trustLevel = 3
        let user = try await community.createUser(new, by: .system)
        guard let principal = try await community.principal(for: user.id) else {
            throw ForumError(.bug, "The sample user \(username) cannot act.")
        }
        return principal
    }

    private func open(
        _ topic: SampleTopic,
        in category: CategoryID,
        _ members: [String: Principal]
    ) async throws {
        guard let author = members[topic.posts[0].author] else { return }
        let first = try await community.createTopic(
            NewTopic(
                title: topic.title,
                raw: topic.posts[0].raw,
                categoryID: category,
                tags: topic.tags
            ),
            by: author,
            source: .importer
        )
        for post in topic.posts.dropFirst() {
            guard let author = members[post.author] else { continue }
            var new = NewPost(topicID: first.topicID, raw: post.raw)
            new.replyToPostNumber = post.replyTo
            _ = try await community.createPost(new, by: author, source: .importer)
        }
    }
}

struct SampleTopic: Sendable {
    struct SamplePost: Sendable {
        let author: String
        let raw: String
        var replyTo: Int?
    }

    let title: String
    let category: String
    var tags: [String] = []
    let posts: [SamplePost]
}

extension SampleCommunity {
    static let topics: [SampleTopic] = [
        SampleTopic(
            title: "Welcome: how this place works",
            category: "general",
            posts: [
                .init(
                    author: "mod",
                    raw: """
                        This is one home for what used to be spread over lists, chat and Q&A sites.

                        - Read it in a terminal with `parley`, or let it come by mail.
                        - **Watch** a category or a tag and you get each new post of it, nothing else.
                        - Answer a notification mail, and your answer appears here.

                        | where | what for |
                        |---|---|
                        | #general | news and talk |
                        | #support | questions |
                        """
                ),
                .init(author: "ana", raw: "Thanks, @mod! Reading it over ssh works nicely here."),
                .init(
                    author: "ken",
                    raw: """
                        [quote="ana, post:2"]
                        Reading it over ssh works nicely here.
                        [/quote]

                        Same here, even on a slow line.
                        """,
                    replyTo: 2
                ),
            ]
        ),
        SampleTopic(
            title: "How do I answer from my mailbox?",
            category: "support",
            tags: ["mail"],
            posts: [
                .init(
                    author: "ken",
                    raw: """
                        I would rather not open anything but my mail client. What do I have to set \
                        up so that my replies end up in the right topic?
                        """
                ),
                .init(
                    author: "ana",
                    raw: """
                        Nothing: watch the topic or its category and press *reply* in the mail you \
                        get. What you quote below your text and your signature are left out:

                        ```text
                        Yes, Tuesday works for me.

                        On Monday, ana wrote:
                        > Shall we meet on Tuesday?
                        ```

                        Only the first line becomes the post.
                        """,
                    replyTo: 1
                ),
            ]
        ),
        SampleTopic(
            title: "A script that posts the build results",
            category: "general",
            tags: ["tools"],
            posts: [
                .init(
                    author: "ana",
                    raw: """
                        Libraries for Discourse work here unchanged. Ours is five lines:

                        ```python
                        from pydiscourse import DiscourseClient
                        client = DiscourseClient(url, api_username="ana", api_key=key)
                        client.create_post(report, topic_id=42)
                        ```

                        ~~It took a day.~~ It took ten minutes.
                        """
                ),
                .init(author: "mod", raw: "Nice. That would make a good page for the handbook."),
            ]
        ),
    ]
}
