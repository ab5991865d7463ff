import Markup

/// Whom a post addresses, read from its text.
struct PostAudience: Sendable {
    let post: PostID
    /// Whether the post is the first of its topic: nobody has unread notices of others.
    let opensTopic: Bool
    let isMessage: Bool
    /// Folded usernames.
    var mentioned: [String]
    /// Folded names of groups.
    var groups: [String]
    /// Whether it calls for everybody who wrote in the topic.
    var callsHere: Bool
    /// Folded usernames of those quoted.
    var quoted: [String]
    /// Posts of this site that it links to.
    var linked: [PostLink]

    /// - Returns: `nil` when the event speaks of no post.
    init?(_ entry: OutboxEntry, settings: SiteSettings, baseURL: String) {
        guard let post = entry.postID, let raw = entry.raw, let cooked = entry.cooked else {
            return nil
        }
        self.post = post
        opensTopic = entry.postNumber == 1
        isMessage = entry.archetype == "private_message"
        let limit = settings.maxMentionsPerPost
        mentioned = Mentions.usernames(inCooked: cooked, limit: limit)
        groups = Mentions.groups(inCooked: cooked, limit: limit)
        callsHere = Mentions.calls(Self.here, inCooked: cooked)
        quoted = Markdown.references(in: raw).quotes.filter { $0.postNumber != nil }
            .map { UsernameRules.fold($0.username) }
        linked = PostLink.all(inCooked: cooked, baseURL: baseURL, limit: Limits.linksFollowedMax)
    }

    /// Discourse's `here_mention`.
    private static let here = "here"
}

/// A link to a post of this site.
struct PostLink: Sendable, Hashable {
    let topicID: Int64
    let number: Int

    /// The posts that an HTML text links to, each once; what stands in quotations counts for whom it
    /// quotes.
    static func all(inCooked html: String, baseURL: String, limit: Int) -> [PostLink] {
        let tree = HTMLTree(parsing: html)
        var found: [PostLink] = []
        var index = tree.following(0, within: 0)
        while index != HTMLTree.none, found.count < limit {
            let node = tree[index]
            if node.name == "aside" {
                index = tree.followingSkippingChildren(index, within: 0)
                continue
            }
            if node.name == "a", let href = node.attribute("href"),
                let link = PostLink(href, baseURL: baseURL), !found.contains(link)
            {
                found.append(link)
            }
            index = tree.following(index, within: 0)
        }
        return found
    }

    /// `/t/slug/12/3`, `/t/12/3` or `/t/12`, with or without the address of the site.
    init?(_ address: String, baseURL: String) {
        var path = address[...]
        if path.hasPrefix(baseURL) { path = path.dropFirst(baseURL.count) }
        guard path.hasPrefix("/t/") else { return nil }
        let parts = path.prefix { $0 != "?" && $0 != "#" }.dropFirst(3).split(separator: "/")
        let numbers =
            (parts.first.map { Int64($0) == nil } ?? true) ? parts.dropFirst() : parts[...]
        guard let first = numbers.first, let topic = Int64(first), topic > 0, numbers.count <= 2
        else { return nil }
        topicID = topic
        number = numbers.count == 2 ? numbers.last.flatMap { Int($0) } ?? 1 : 1
    }
}
