import ForumClient
import TerminalUI

/// Reading one topic line by line.
struct PlainTopic {
    private let forum: ForumSite
    private let site: SiteInfo
    private let address: SiteAddress

    init(_ forum: ForumSite, site: SiteInfo, address: SiteAddress) {
        self.forum = forum
        self.site = site
        self.address = address
    }

    private static let help = [
        "Enter reads on. Commands:",
        "a number reads that post, r reply to the last post, t reply to the topic,",
        "k like the last post, b bookmark it, o its links, x the next topic with unread posts,",
        "h this help, u back to the list.",
    ]

    /// Posts that are read in one go.
    private static let batch = 5

    /// How reading ended.
    struct End {
        /// The number of the last post that was read.
        var read = 0
        /// To the next topic with unread posts.
        var goesOn = false
    }

    /// Reads a topic from a post on until the reader leaves it.
    func run(topic id: Int, from number: Int) async -> End {
        var end = End()
        do throws(Failure) {
            let topic = try await forum.topic(id, near: number)
            let count = topic.postsCount == 1 ? "1 post" : "\(topic.postsCount) posts"
            Talk.print(lines: [topic.title + ", \(count). h and Enter: help."])
            try await read(topic, from: number, &end)
        } catch {
            Talk.print(lines: ["Failed: \(error.message)"])
        }
        return end
    }

    private func read(
        _ topic: TopicDetail,
        from number: Int,
        _ end: inout End
    ) async throws(Failure) {
        var last: Post?
        var isAtEnd = false
        var next: Int? = await index(of: number, in: topic)
        while true {
            if let start = next {
                let posts = try await posts(of: topic, from: start)
                await tell(posts, of: topic)
                last = posts.last ?? last
                end.read = max(end.read, last?.number ?? 0)
                next = nil
                isAtEnd = false
            }
            guard let line = Talk.askPlainly("Enter, number or command: ") else { return }
            let (word, _) = PlainSession.split(line)
            switch word {
            case "u", "q": return
            case "x":
                end.goesOn = true
                return
            case "" where isAtEnd:
                end.goesOn = true
                return
            case "":
                let after = last.flatMap { topic.stream.firstIndex(of: $0.id) }.map { $0 + 1 } ?? 0
                guard after < topic.stream.count else {
                    isAtEnd = true
                    Talk.print(lines: [
                        "That was the last post. Enter: the next topic with unread posts; u: the list."
                    ])
                    continue
                }
                next = after
            case let word where Int(word) != nil:
                next = await index(of: Int(word) ?? 1, in: topic)
            default:
                await perform(word, on: last, in: topic)
            }
        }
    }

    /// Where the post with a number stands in the stream.
    private func index(of number: Int, in topic: TopicDetail) async -> Int {
        if let known = topic.posts.first(where: { $0.number >= number }),
            let index = topic.stream.firstIndex(of: known.id)
        {
            return index
        }
        do throws(Failure) {
            let post = try await forum.post(topic: topic.id, number: number)
            return topic.stream.firstIndex(of: post.id) ?? 0
        } catch {
            return max(0, min(topic.stream.count - 1, number - 1))
        }
    }

    private func posts(of topic: TopicDetail, from start: Int) async throws(Failure) -> [Post] {
        let ids = Array(topic.stream[max(0, start)...].prefix(PlainTopic.batch))
        return try await forum.posts(topic: topic.id, ids: ids)
    }

    private func tell(_ posts: [Post], of topic: TopicDetail) async {
        let output = TopicOutput(options: .plain, site: site, now: Loop.now())
        for post in posts {
            Talk.print(
                lines: output.lines(of: post, in: topic, width: TerminalUI.Limits.measure)
            )
        }
        do throws(Failure) {
            try await forum.markRead(
                topic: topic.id,
                numbers: posts.map(\.number),
                milliseconds: 1000
            )
        } catch {
            Talk.print(lines: ["The posts stay unread on the site: \(error.message)"])
        }
    }

    private func perform(_ word: String, on post: Post?, in topic: TopicDetail) async {
        do throws(Failure) {
            switch word {
            case "h", "?": Talk.print(lines: PlainTopic.help)
            case "r": try await reply(topic, to: post)
            case "t": try await reply(topic, to: nil)
            case "k":
                guard let post else { return }
                _ = try await forum.setLike(post: post.id, on: true)
                Talk.print(lines: ["You like post \(post.number)."])
            case "b":
                guard let post else { return }
                let bookmark = Bookmark(topic: topic.id, post: post.id)
                _ = try await forum.bookmark(.set(bookmark, .never))
                Talk.print(lines: ["Post \(post.number) is bookmarked."])
            case "o":
                let links = post.map {
                    $0.render(width: TerminalUI.Limits.measure).links
                }
                let lines = (links ?? []).map { "\($0.number): \($0.url)" }
                Talk.print(lines: lines.isEmpty ? ["No links."] : lines)
            default:
                Talk.print(lines: ["“\(word)” is no command here; h lists them."])
            }
        } catch {
            Talk.print(lines: ["Failed: \(error.message)"])
        }
    }

    private func reply(_ topic: TopicDetail, to post: Post?) async throws(Failure) {
        let composer = PlainComposer(forum, address: address)
        guard composer.isReady() else { return }
        let target =
            post.map { "Reply to \($0.username), post \($0.number)." } ?? "Reply to the topic."
        Talk.print(lines: [target])
        try await composer.write(
            Draft(replyToNumber: post?.number),
            .reply(topic: topic.id)
        )
    }
}
