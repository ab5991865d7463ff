import ForumClient
import Foundation
import TerminalUI

/// A topic of a list as JSON has it. The names are Discourse's and do not change.
struct TopicRecord: Encodable {
    var id: Int
    var title: String
    var category: String?
    var tags: [String]
    var postsCount: Int
    var unreadPosts: Int
    var isNew: Bool
    var lastPoster: String
    var bumpedAt: String
    var blurb: String?
    var url: String

    init(_ row: TopicRow, site: SiteInfo) {
        id = row.id
        title = row.title
        category = site.category(row.categoryID)?.name
        tags = row.tags
        postsCount = row.postsCount
        unreadPosts = row.unreadCount
        isNew = row.isNew
        lastPoster = row.lastPoster
        bumpedAt = Timestamp.text(row.bumpedAt)
        blurb = row.blurb
        let place = row.hitNumber.map { "/\($0)" } ?? ""
        url = "\(site.url)/t/\(row.id)\(place)"
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case category
        case tags
        case postsCount = "posts_count"
        case unreadPosts = "unread_posts"
        case isNew = "new"
        case lastPoster = "last_poster"
        case bumpedAt = "bumped_at"
        case blurb
        case url
    }
}

/// A post as JSON has it.
struct PostRecord: Encodable {
    var id: Int
    var number: Int
    var username: String
    var createdAt: String
    var replyToPostNumber: Int?
    var likeCount: Int
    var text: String
    var cooked: String
    var links: [String]

    init(_ post: Post, width: Int) {
        let rendered = post.render(width: width)
        id = post.id
        number = post.number
        username = post.username
        createdAt = Timestamp.text(post.createdAt)
        replyToPostNumber = post.replyToNumber
        likeCount = post.likeCount
        text = post.smallAction ?? rendered.text
        cooked = post.cooked
        links = rendered.links.map(\.url)
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case number = "post_number"
        case username
        case createdAt = "created_at"
        case replyToPostNumber = "reply_to_post_number"
        case likeCount = "like_count"
        case text
        case cooked
        case links
    }
}

/// Prints lists of topics and posts.
struct TopicOutput {
    let options: OutputOptions
    let site: SiteInfo
    let now: Int64

    func print(_ rows: [TopicRow]) {
        if options.json {
            Talk.print(json: rows.map { TopicRecord($0, site: site) })
        } else if options.plain {
            Talk.print(lines: rows.map { plainLine($0) })
        } else {
            Talk.print(lines: rows.flatMap { columns($0) })
        }
    }

    func plainLine(_ row: TopicRow) -> String {
        var parts = ["Topic \(row.id): \(row.title)"]
        if let category = site.category(row.categoryID) {
            parts.append("in \(category.name)")
        }
        parts.append(row.postsCount == 1 ? "1 post" : "\(row.postsCount) posts")
        if row.unreadCount > 0 {
            parts.append("\(row.unreadCount) unread")
        } else if row.isNew {
            parts.append("new")
        }
        parts.append("last by \(row.lastPoster)")
        parts.append(Age.long(since: row.bumpedAt, now: now))
        return parts.joined(separator: ", ") + (row.blurb.map { ": \($0)" } ?? "")
    }

    private func columns(_ row: TopicRow) -> [String] {
        let width = min(Talk.columns, 120)
        let mark = row.unreadCount > 0 ? String(row.unreadCount) : row.isNew ? "new" : ""
        let id = TextPolicy.cells(String(row.id)).fitted(to: 7)
        let left = id + TextPolicy.cells(mark).fitted(to: 4)
        let right =
            TextPolicy.cells("  ")
            + TextPolicy.field(site.category(row.categoryID)?.name ?? "").fitted(to: 12)
            + TextPolicy.cells(" \(row.postsCount)").fitted(to: 6)
            + TextPolicy.field(row.lastPoster).fitted(to: 12)
            + TextPolicy.cells(" " + Age.short(since: row.bumpedAt, now: now)).fitted(to: 5)
        let room = max(10, width - left.count - right.count)
        let line = (left + TextPolicy.field(row.title).fitted(to: room) + right).text
        guard let blurb = row.blurb else { return [line] }
        return [line, "           " + TextPolicy.field(blurb).cut(to: max(10, width - 11)).text]
    }

    func print(_ posts: [Post], of topic: TopicDetail, width: Int) {
        if options.json {
            let record = ThreadRecord(topic, posts: posts, site: site, width: width)
            Talk.print(json: record)
            return
        }
        let category = site.category(topic.categoryID).map { " (\($0.name))" } ?? ""
        var lines = [topic.title + category, ""]
        for post in posts {
            lines += self.lines(of: post, in: topic, width: width)
        }
        Talk.print(lines: lines)
    }

    func lines(of post: Post, in topic: TopicDetail, width: Int) -> [String] {
        let age = Age.long(since: post.createdAt, now: now)
        if let action = post.smallAction {
            return ["Post \(post.number): \(post.username) \(action), \(age).", ""]
        }
        let rendered = post.render(width: width)
        var head = "Post \(post.number) of \(topic.highestNumber), by \(post.username), \(age)"
        if let parent = post.replyToNumber {
            head += ", in reply to post \(parent)"
        }
        if post.likeCount > 0 {
            head += post.likeCount == 1 ? ", 1 like" : ", \(post.likeCount) likes"
        }
        if site.username != nil, post.number > topic.lastRead ?? 0 {
            head += ", unread"
        }
        let links = rendered.links.map { "[\($0.number)] \($0.url)" }
        let body = rendered.text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let rule = options.plain ? [] : [String(repeating: "\u{2500}", count: width)]
        return rule + [head, ""] + body + (links.isEmpty ? [] : [""] + links) + [""]
    }
}

/// A topic with posts as JSON has it.
private struct ThreadRecord: Encodable {
    var id: Int
    var title: String
    var category: String?
    var tags: [String]
    var postsCount: Int
    var closed: Bool
    var url: String
    var posts: [PostRecord]

    init(_ topic: TopicDetail, posts: [Post], site: SiteInfo, width: Int) {
        id = topic.id
        title = topic.title
        category = site.category(topic.categoryID)?.name
        tags = topic.tags
        postsCount = topic.postsCount
        closed = topic.isClosed
        url = "\(site.url)/t/\(topic.id)"
        self.posts = posts.map { PostRecord($0, width: width) }
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case category
        case tags
        case postsCount = "posts_count"
        case closed
        case url
        case posts
    }
}
