/// A place in a topic that does not move when posts above it change: a post and a line of it.
struct Anchor: Sendable, Hashable, Comparable {
    /// Index of the post in the stream.
    var index: Int
    var line: Int

    static func < (one: Anchor, other: Anchor) -> Bool {
        (one.index, one.line) < (other.index, other.line)
    }
}

/// An open topic. Posts are loaded and laid out around the reader only.
struct TopicState: Sendable {
    let id: Int
    var title: String
    var categoryID: Int?
    var tags: [String] = []
    var isClosed = false
    var isArchived = false
    var canReply = false
    var level: TrackingLevel?
    var reason: TrackingReason?
    var bookmarkID: Int?
    var isPinned = false
    var isListed = true
    var permissions = TopicPermissions()
    var participants: [String] = []
    var views = 0
    /// Posts of which only the head shows.
    var folded: Set<Int> = []
    /// Posts whose spoilers and details are open.
    var revealed: Set<Int> = []
    /// The member left it unread on purpose; nothing more is marked as read.
    var isDeferred = false
    var highestNumber = 0
    /// The ids of all posts, in order.
    var stream: [Int] = []
    /// The posts loaded so far, by id.
    var posts: [Int: Post] = [:]
    var requested: Set<Int> = []
    /// The first line on the screen.
    var top = Anchor(index: 0, line: 0)
    /// Index of the post that keys act on.
    var selected = 0
    /// The number of the last post that was read.
    var lastRead = 0
    /// The same as the list knew it when the topic was opened.
    var knownRead = 0
    /// The number of the first post that was unread when the topic was opened.
    var newFrom: Int?
    /// Posts that arrived at the end and were not on the screen yet.
    var arrived = 0
    var isLoading = true
    var failure: Failure?
    /// What was last looked for in the topic.
    var find = ""
    /// Numbers of the posts that the site found for it; nil when it was not asked.
    var hits: [Int]?
    private(set) var layouts: [Int: RenderedPost] = [:]
    private(set) var layoutColumns = 0

    init(id: Int, title: String) {
        self.id = id
        self.title = title
    }

    // MARK: Posts

    func post(at index: Int) -> Post? {
        guard stream.indices.contains(index) else { return nil }
        return posts[stream[index]]
    }

    var selectedPost: Post? { post(at: selected) }

    /// The loaded post with this number or the next one after it.
    func index(ofNumber number: Int) -> Int? {
        var best: (index: Int, number: Int)?
        for (index, id) in stream.enumerated() {
            guard let found = posts[id]?.number else { continue }
            if found == number { return index }
            if found > number, best.map({ found < $0.number }) ?? true {
                best = (index, found)
            }
        }
        return best?.index
    }

    /// Takes the answer to opening the topic in. Anchor and selection stay on their posts.
    mutating func take(_ detail: TopicDetail) {
        let anchorID = stream.indices.contains(top.index) ? stream[top.index] : nil
        let selectedID = stream.indices.contains(selected) ? stream[selected] : nil
        title = detail.title
        categoryID = detail.categoryID
        tags = detail.tags
        isClosed = detail.isClosed
        isArchived = detail.isArchived
        canReply = detail.canReply
        level = detail.level ?? level
        reason = detail.reason
        bookmarkID = detail.bookmarkID
        isPinned = detail.isPinned
        isListed = detail.isListed
        permissions = detail.permissions
        participants = detail.participants
        views = detail.views
        highestNumber = max(highestNumber, detail.highestNumber)
        if stream.isEmpty {
            lastRead = detail.lastRead.map { max($0, knownRead) } ?? 0
            if lastRead > 0, lastRead < detail.highestNumber {
                newFrom = lastRead + 1
            }
        }
        stream = detail.stream
        take(detail.posts)
        // A post that is gone leaves the reader at the one that took its place, or at the last.
        let last = max(0, stream.count - 1)
        top.index = anchorID.flatMap { stream.firstIndex(of: $0) } ?? min(top.index, last)
        selected = selectedID.flatMap { stream.firstIndex(of: $0) } ?? min(selected, last)
        isLoading = false
        failure = nil
    }

    mutating func take(_ new: [Post]) {
        for post in new {
            if let known = posts[post.id],
                known.cooked != post.cooked || known.markdown != post.markdown
                    || known.polls != post.polls
            {
                layouts[post.id] = nil
            }
            posts[post.id] = post
            requested.remove(post.id)
            highestNumber = max(highestNumber, post.number)
        }
    }

    /// Adds posts to the end without moving the reader.
    mutating func append(ids: [Int], posts new: [Post]) {
        let known = Set(stream)
        let added = ids.filter { !known.contains($0) }
        stream += added
        arrived += added.count
        take(new)
    }

    // MARK: Layout

    /// Lines of the head and of the gap around the body of a post.
    static let frameLines = 2
    /// Columns before the body of a post.
    static let indent = 3
    /// Lines that a post counts for until it is loaded.
    static let estimatedBody = 2

    /// Columns left for the text of posts.
    static func bodyColumns(_ columns: Int) -> Int {
        max(10, min(Limits.measure, columns - 4))
    }

    static func render(_ post: Post, columns: Int, isOpen: Bool = false) -> RenderedPost {
        if post.smallAction != nil {
            return RenderedPost(lines: [], links: [])
        }
        let width = bodyColumns(columns)
        var rendered = post.render(
            width: width,
            isOpen: isOpen,
            withPolls: post.polls.isEmpty
        )
        for poll in post.polls {
            rendered.lines += (rendered.lines.isEmpty ? [] : [[]]) + poll.lines(width: width)
        }
        return rendered
    }

    /// A post as it shows here: folded to its head, or with what it hides.
    private func rendered(_ post: Post, columns: Int) -> RenderedPost {
        guard !folded.contains(post.id) else { return RenderedPost(lines: [], links: []) }
        return TopicState.render(post, columns: columns, isOpen: revealed.contains(post.id))
    }

    /// Changes a post in place; what is laid out anew is up to `relayout`.
    mutating func change(_ id: Int, _ change: (inout Post) -> Void) {
        guard var post = posts[id] else { return }
        change(&post)
        take([post])
    }

    /// Shows or hides what a post keeps behind spoilers and details.
    mutating func toggleRevealed(_ id: Int) {
        if revealed.remove(id) == nil {
            revealed.insert(id)
        }
        layouts[id] = nil
    }

    mutating func fold(_ ids: some Sequence<Int>, _ isFolded: Bool) {
        for id in ids {
            if isFolded {
                folded.insert(id)
            } else {
                folded.remove(id)
            }
            layouts[id] = nil
        }
    }

    /// The post at `index` laid out, from memory when it was laid out before.
    mutating func layOut(_ index: Int, columns: Int) -> RenderedPost? {
        if layoutColumns != columns {
            layouts = [:]
            layoutColumns = columns
        }
        guard let post = post(at: index) else { return nil }
        if let known = layouts[post.id] { return known }
        let rendered = rendered(post, columns: columns)
        layouts[post.id] = rendered
        return rendered
    }

    /// The layout that the view uses; it computes what is not in memory and keeps nothing.
    func layout(_ index: Int, columns: Int) -> RenderedPost? {
        guard let post = post(at: index) else { return nil }
        if layoutColumns == columns, let known = layouts[post.id] { return known }
        return rendered(post, columns: columns)
    }

    mutating func height(_ index: Int, columns: Int) -> Int {
        if let post = post(at: index), folded.contains(post.id) { return 1 }
        let body = layOut(index, columns: columns)?.lines.count ?? TopicState.estimatedBody
        return body + TopicState.frameLines
    }

    /// Forgets layouts far from the screen.
    mutating func forgetLayouts() {
        guard layouts.count > Limits.layouts else { return }
        let reach = Limits.layouts / 3
        let near = max(0, top.index - reach)..<min(stream.count, top.index + reach)
        let kept = Set(stream[near])
        layouts = layouts.filter { kept.contains($0.key) }
    }

    var layoutCount: Int { layouts.count }
}
