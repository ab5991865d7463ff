import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// The small forms below posts and topics: likes, bookmarks, flags, levels.
struct PostButtons: Sendable {
    let community: Community
    let pages: PageWriter

    func add(to routes: RouteTable) {
        addPosts(to: routes)
        addTopics(to: routes)
        addLevels(to: routes)
        addFlags(to: routes)
    }

    /// A form that leads back to where it was.
    private func button(
        _ path: String,
        _ routes: RouteTable,
        _ work: @escaping @Sendable (Call<WireValue>) async throws -> Void
    ) {
        routes.form(path, .member, pages) { call in
            try await work(call)
            return .seeOther(try ReturnAddress.of(call) ?? "/")
        }
    }

    private func addPosts(to routes: RouteTable) {
        let community = community
        button("posts/{post_id}/like", routes) {
            _ = try await community.like($0.postID(), by: $0.principal)
        }
        button("posts/{post_id}/unlike", routes) {
            _ = try await community.unlike($0.postID(), by: $0.principal)
        }
        button("posts/{post_id}/accept", routes) {
            _ = try await community.acceptAnswer($0.postID(), by: $0.principal)
        }
        button("posts/{post_id}/unaccept", routes) {
            _ = try await community.unacceptAnswer($0.postID(), by: $0.principal)
        }
        button("posts/{post_id}/delete", routes) {
            try await community.deletePost($0.postID(), by: $0.principal)
        }
        button("posts/{post_id}/recover", routes) {
            try await community.recoverPost($0.postID(), by: $0.principal)
        }
        button("posts/{post_id}/bookmark", routes) {
            _ = try await community.bookmark(.post($0.postID()), by: $0.principal)
        }
        button("polls/vote", routes) {
            let post = try $0.postID()
            let poll = try $0.requiredText("poll_name")
            if try $0.bool("withdraw") {
                _ = try await community.withdrawVote(post, poll: poll, by: $0.principal)
                return
            }
            let choices = try $0.texts("options", max: 100)
            _ = try await community.vote(post, poll: poll, choices: choices, by: $0.principal)
        }
        button("bookmarks/{bookmark_id}/delete", routes) {
            let id = BookmarkID(try $0.id("bookmark_id"))
            _ = try await community.deleteBookmark(id, by: $0.principal)
        }
    }

    private func addTopics(to routes: RouteTable) {
        let community = community
        button("topics/{topic_id}/bookmark", routes) {
            _ = try await community.bookmark(.topic($0.topicID()), by: $0.principal)
        }
        button("topics/{topic_id}/unbookmark", routes) {
            let id = try $0.topicID()
            let page = try await community.topicPage(id, for: $0.viewer)
            for bookmark in page.extras.bookmarks where bookmark.postID == nil {
                _ = try await community.deleteBookmark(bookmark.bookmark.id, by: $0.principal)
            }
        }
        // A page that is looked at changes nothing, so reading is said by a button.
        button("topics/{topic_id}/read", routes) {
            let numbers = try $0.requiredText("numbers").split(separator: ",")
                .prefix(Forum.Limits.postsPerChunk).compactMap { Int($0) }
            let timings = Dictionary(numbers.map { ($0, 1000) }, uniquingKeysWith: { $1 })
            try await community.recordTimings(timings, topic: $0.topicID(), by: $0.principal)
        }
    }

    private func addLevels(to routes: RouteTable) {
        let community = community
        let forms = SubscriptionForms(community: community)
        button("topics/{topic_id}/level", routes) {
            try await community.setNotificationLevel(
                SubscriptionForms.level($0),
                topic: $0.topicID(),
                by: $0.principal
            )
        }
        button("categories/{category_id}/level", routes) { try await forms.category($0) }
        button("tags/{tag_name}/level", routes) { try await forms.tag($0) }
        button("groups/{group_name}/level", routes) { try await forms.group($0) }
        button("people/{username}/level", routes) { try await forms.person($0) }
    }

    // MARK: Flags

    private func addFlags(to routes: RouteTable) {
        routes.serve(.html, "/compose/flag/{post_id}", .member) { call in
            try await pages.document(try await flagPage(call), for: call)
        }
        routes.form(
            "posts/{post_id}/flag",
            .member,
            pages,
            again: FormAgain { call, error in
                var page = try await flagPage(call)
                page.form = try page.form?.filled(from: call).refused(error)
                return try await pages.document(page, for: call)
            }
        ) { call in
            guard let number = try call.int("flag"), let kind = FlagKind(rawValue: number) else {
                throw ForumError(.malformed, "Choose a reason.", field: "flag")
            }
            let post = try await community.flagPost(
                call.postID(),
                kind,
                message: call.text("message"),
                by: call.principal
            )
            var page = PlainPage("Thank you")
            page.paragraphs = ["Your report was sent."]
            page.links = [
                ("Back to the topic", "/t/\(post.topic.slug)/\(post.topicID)/\(post.number)")
            ]
            return try await pages.response(page, for: call)
        }
    }

    private func flagPage(_ call: Call<WireValue>) async throws -> PlainPage {
        let post = try await community.post(call.postID(), for: call.viewer)
        var page = PlainPage("Flag a post")
        page.paragraphs = [
            "Post \(post.number) by \(post.author.username) in “\(post.topic.title)”:",
            PageParts.excerpt(post.cooked),
        ]
        let reasons: [(FlagKind, String)] = [
            (.offTopic, "It is off-topic"), (.inappropriate, "It is inappropriate"),
            (.spam, "It is spam"), (.illegal, "It is illegal (say why)"),
            (.notifyUser, "A private message to its author (write it below)"),
            (.notifyModerators, "Something else (say what)"),
        ]
        page.form = PageForm(
            "/forms/posts/\(post.id)/flag",
            "Send the flag",
            [
                FormField(
                    "flag",
                    "Reason",
                    .choice(reasons.map { ("\($0.0.rawValue)", $0.1) }),
                    aliases: ["post_action_type_id"]
                ),
                FormField("message", "Message", .area(rows: 5)),
            ]
        )
        page.links = [("Back to the topic", "/t/\(post.topic.slug)/\(post.topicID)/\(post.number)")]
        return page
    }
}
