package import Postgres

/// Columns and reads of posts. The aliases are `p` posts, `u` its author, `t` its topic.
enum PostQueries {
    /// What `PostView.read(from:topic:)` reads.
    static func columns(includingRaw: Bool) -> SQL {
        let raw: SQL = includingRaw ? "p.raw" : "NULL"
        return """
            p.id, p.topic_id, p.post_number, p.user_id, u.username, u.name, u.title, u.trust_level,
            u.admin, u.moderator, u.staged, p.post_type, p.cooked, \(raw), p.elided IS NOT NULL,
            p.reply_to_post_number, ru.id, ru.username, ru.name, p.reply_count, p.quote_count,
            p.like_count, p.reads, p.word_count, p.version, p.wiki, p.hidden, p.user_deleted,
            p.locked_by_id IS NOT NULL, p.edit_reason, p.deleted_at, p.via_email, p.created_at,
            p.updated_at, pa.created_at, p.action_code, CASE WHEN p.action_user_id IS NOT NULL
                THEN (SELECT au.username FROM users au WHERE au.id = p.action_user_id)
                WHEN p.action_group_id IS NOT NULL
                THEN (SELECT ag.name FROM groups ag WHERE ag.id = p.action_group_id) END,
            p.has_polls, sv.post_id IS NOT NULL,
            \(BookmarkQueries.columns)
            """
    }

    /// What the columns need beside `p`.
    static func joins(_ viewer: Viewer) -> SQL {
        let like: SQL =
            viewer.principal.map { principal in
                """
                LEFT JOIN post_actions pa ON pa.post_id = p.id AND pa.user_id = \(principal.id)
                    AND pa.post_action_type_id = 2
                """
            } ?? "LEFT JOIN post_actions pa ON FALSE"
        return """
            JOIN users u ON u.id = p.user_id
            LEFT JOIN users ru ON ru.id = p.reply_to_user_id \(like)
            LEFT JOIN solutions sv ON sv.post_id = p.id \(BookmarkQueries.joinPost(viewer))
            """
    }

    /// Posts of any topics that the viewer may see, with their topics.
    private static func visible(
        _ viewer: Viewer,
        includingRaw: Bool,
        deletedForStaff: Bool = false
    ) -> SQL {
        let topic =
            deletedForStaff ? Visibility.topicOrDeletedForStaff(viewer) : Visibility.topic(viewer)
        let post =
            deletedForStaff ? postOrDeletedForStaff(viewer) : Visibility.post(viewer)
        return """
            SELECT \(columns(includingRaw: includingRaw)), \(TopicQueries.accessColumns(viewer))
            FROM posts p JOIN topics t ON t.id = p.topic_id \(joins(viewer))
            WHERE \(topic) AND \(post)
            """
    }

    /// As `Visibility.post`, but staff finds what was deleted, and authors what they deleted
    /// themselves: to recover it.
    static func postOrDeletedForStaff(_ viewer: Viewer) -> SQL {
        guard let principal = viewer.principal else { return Visibility.post(viewer) }
        if principal.isStaff { return "TRUE" }
        return """
            (\(Visibility.post(viewer)) OR (p.user_deleted AND p.deleted_at IS NOT NULL
                AND p.user_id = \(principal.id)))
            """
    }

    static func post(_ id: PostID, for viewer: Viewer) -> SQL {
        visible(viewer, includingRaw: true, deletedForStaff: true) + " AND p.id = \(id)"
    }

    static func post(_ topic: TopicID, number: Int, for viewer: Viewer) -> SQL {
        visible(viewer, includingRaw: true, deletedForStaff: true)
            + " AND p.topic_id = \(topic) AND p.post_number = \(number)"
    }

    static func ids(
        of topic: TopicID,
        beyond number: Int,
        ascending: Bool,
        for viewer: Viewer
    ) -> SQL {
        let limit = TopicQueries.literal(Limits.postIDsPerRequestMax)
        return ascending
            ? """
            SELECT p.id FROM posts p WHERE p.topic_id = \(topic) AND p.post_number > \(number)
                AND \(Visibility.post(viewer)) ORDER BY p.post_number LIMIT \(limit)
            """
            : """
            SELECT p.id FROM posts p WHERE p.topic_id = \(topic) AND p.post_number < \(number)
                AND \(Visibility.post(viewer)) ORDER BY p.post_number DESC LIMIT \(limit)
            """
    }

    /// Visible posts of all topics; a condition and an order may be added.
    static func visiblePosts(_ viewer: Viewer) -> SQL { visible(viewer, includingRaw: true) }

    static func posts(_ ids: [PostID], for viewer: Viewer) -> SQL {
        visible(viewer, includingRaw: true)
            + " AND p.id = ANY(\(ids.map(\.value))::bigint[]) ORDER BY p.id"
    }

    static func posts(
        _ ids: [PostID],
        in topic: TopicID,
        includingRaw: Bool,
        for viewer: Viewer
    ) -> SQL {
        visible(viewer, includingRaw: includingRaw)
            + """
             AND p.topic_id = \(topic) AND p.id = ANY(\(ids.map(\.value))::bigint[])
            ORDER BY p.post_number
            """
    }

    /// The posts that answer the given one, oldest first.
    static func replies(to post: PostID, after number: Int, for viewer: Viewer) -> SQL {
        visible(viewer, includingRaw: false)
            + """
             AND p.topic_id = (SELECT parent.topic_id FROM posts parent WHERE parent.id = \(post))
            AND p.reply_to_post_number =
                (SELECT parent.post_number FROM posts parent WHERE parent.id = \(post))
            AND p.post_number > \(number)
            ORDER BY p.post_number LIMIT \(TopicQueries.literal(Limits.postsPerChunk))
            """
    }

    /// Newest first: ids not above `before` and above `before` minus the window.
    static func latest(before: Int64, for viewer: Viewer) -> SQL {
        visible(viewer, includingRaw: true)
            + """
             AND t.archetype = 'regular' AND p.post_type <= 2 AND p.id <= \(before)
            AND p.id > \(before - Int64(Limits.latestPostsWindow)) ORDER BY p.id DESC
            """
    }

    /// The newest of all.
    static func latest(for viewer: Viewer) -> SQL {
        visible(viewer, includingRaw: true)
            + """
             AND t.archetype = 'regular' AND p.post_type <= 2
            ORDER BY p.id DESC LIMIT \(TopicQueries.literal(Limits.latestPostsWindow))
            """
    }

    static func byUser(_ user: UserID, before: Int64?, limit: Int, for viewer: Viewer) -> SQL {
        visible(viewer, includingRaw: true)
            + """
             AND t.archetype = 'regular' AND p.user_id = \(user) AND p.post_type = 1
            AND (\(before)::bigint IS NULL OR p.id < \(before)::bigint)
            ORDER BY p.created_at DESC, p.id DESC LIMIT \(limit)
            """
    }

    /// What the members of a group wrote, or (`mentioning`) what addresses the group; newest first.
    static func ofGroup(
        _ group: GroupID,
        mentioning: Bool,
        before: Int64?,
        limit: Int,
        for viewer: Viewer
    ) -> SQL {
        let which: SQL =
            mentioning
            ? "p.id IN (SELECT gm.post_id FROM group_mentions gm WHERE gm.group_id = \(group))"
            : "p.user_id IN (SELECT gu.user_id FROM group_users gu WHERE gu.group_id = \(group))"
        return visible(viewer, includingRaw: true)
            + """
             AND t.archetype = 'regular' AND p.post_type = 1 AND \(which)
            AND (\(before)::bigint IS NULL OR p.id < \(before)::bigint)
            ORDER BY p.id DESC LIMIT \(limit)
            """
    }

    static func elided(_ id: PostID, for principal: Principal) -> SQL {
        let viewer = Viewer.member(principal)
        return """
            SELECT p.elided FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE p.id = \(id) AND p.elided IS NOT NULL
                AND (\(principal.isStaff) OR p.user_id = \(principal.id))
                AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
            """
    }

    static func forgetElided(_ permitted: Permitted<EditingPost, PostAccess>) -> SQL {
        "UPDATE posts SET elided = NULL WHERE id = \(permitted.resource.id)"
    }

    /// `username, created_at, raw` of a window of numbers, for reading as plain text.
    static func raw(_ topic: TopicID, from first: Int, through last: Int, for viewer: Viewer) -> SQL
    {
        """
        SELECT u.username, p.created_at, p.post_number, p.raw
        FROM posts p JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
        WHERE p.topic_id = \(topic) AND p.post_number BETWEEN \(first) AND \(last)
            AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
        ORDER BY p.post_number
        """
    }

    static func revisions(of id: PostID, for viewer: Viewer) -> SQL {
        """
        SELECT r.number, r.user_id, u.username, r.created_at, r.modifications
        FROM post_revisions r JOIN posts p ON p.id = r.post_id JOIN topics t ON t.id = p.topic_id
            JOIN users u ON u.id = r.user_id
        WHERE p.id = \(id) AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
        ORDER BY r.number
        """
    }
}

extension PostView {
    /// Reads the columns of `PostQueries.columns`, then those of its topic when none is given.
    static func read(
        from row: inout RowReader,
        topic known: TopicAccess? = nil
    ) throws(PostgresError) -> PostView {
        let id: PostID = try row.next()
        let topicID: TopicID = try row.next()
        let number: Int = try row.next()
        let author = try PostAuthor(from: &row)
        let type: Int = try row.next()
        let cooked: String = try row.next()
        let raw: String? = try row.next()
        let hasElided: Bool = try row.next()
        let replyToNumber: Int? = try row.next()
        let replyToID: UserID? = try row.next()
        let replyToUsername: String? = try row.next()
        let replyToName: String? = try row.next()
        var replyTo: PostReplyTarget?
        if let replyToID, let replyToUsername {
            replyTo = PostReplyTarget(
                id: replyToID,
                username: replyToUsername,
                name: replyToName
            )
        }
        let counts = try Counts(from: &row)
        let flags = try Flags(from: &row)
        let marks = try Marks(from: &row)
        let topic: TopicAccess
        if let known { topic = known } else { topic = try TopicAccess(from: &row) }
        return PostView(
            id: id,
            topicID: topicID,
            number: number,
            author: author,
            type: type,
            cooked: cooked,
            raw: raw,
            hasElided: hasElided,
            replyToNumber: replyToNumber,
            replyTo: replyToNumber == nil ? nil : replyTo,
            replyCount: counts.replies,
            quoteCount: counts.quotes,
            likeCount: counts.likes,
            reads: counts.reads,
            wordCount: counts.words,
            version: counts.version,
            isWiki: flags.isWiki,
            isHidden: flags.isHidden,
            isUserDeleted: flags.isUserDeleted,
            isLocked: flags.isLocked,
            editReason: flags.editReason,
            deletedAt: flags.deletedAt,
            isViaEmail: flags.isViaEmail,
            createdAt: flags.createdAt,
            updatedAt: flags.updatedAt,
            likedAt: flags.likedAt,
            actionCode: marks.actionCode,
            actionSubject: marks.actionSubject,
            hasPolls: marks.hasPolls,
            isSolution: marks.isSolution,
            bookmark: marks.bookmark,
            topic: topic
        )
    }

    private struct Marks {
        let actionCode: String?
        let actionSubject: String?
        let hasPolls: Bool
        let isSolution: Bool
        let bookmark: PostBookmark?

        init(from row: inout RowReader) throws(PostgresError) {
            actionCode = try row.next()
            actionSubject = try row.next()
            hasPolls = try row.next()
            isSolution = try row.next()
            bookmark = try PostBookmark.read(from: &row)
        }
    }

    private struct Counts {
        let replies: Int
        let quotes: Int
        let likes: Int
        let reads: Int
        let words: Int
        let version: Int

        init(from row: inout RowReader) throws(PostgresError) {
            replies = try row.next()
            quotes = try row.next()
            likes = try row.next()
            reads = try row.next()
            words = try row.next()
            version = try row.next()
        }
    }

    private struct Flags {
        let isWiki: Bool
        let isHidden: Bool
        let isUserDeleted: Bool
        let isLocked: Bool
        let editReason: String?
        let deletedAt: Timestamp?
        let isViaEmail: Bool
        let createdAt: Timestamp
        let updatedAt: Timestamp
        let likedAt: Timestamp?

        init(from row: inout RowReader) throws(PostgresError) {
            isWiki = try row.next()
            isHidden = try row.next()
            isUserDeleted = try row.next()
            isLocked = try row.next()
            editReason = try row.next()
            deletedAt = try row.next()
            isViaEmail = try row.next()
            createdAt = try row.next()
            updatedAt = try row.next()
            likedAt = try row.next()
        }
    }
}

extension Rows {
    /// Posts of many topics, each with the columns of its own.
    func postViews() throws(PostgresError) -> [PostView] {
        var posts: [PostView] = []
        posts.reserveCapacity(count)
        for row in self {
            var reader = row.reader()
            posts.append(try PostView.read(from: &reader))
        }
        return posts
    }

    /// Posts of one topic that is known already.
    func postViews(of topic: TopicAccess) throws(PostgresError) -> [PostView] {
        var posts: [PostView] = []
        posts.reserveCapacity(count)
        for row in self {
            var reader = row.reader()
            posts.append(try PostView.read(from: &reader, topic: topic))
        }
        return posts
    }
}

/// What the plain-text views read.
struct RawPostRow: RowDecodable {
    let username: String
    let createdAt: Timestamp
    let number: Int
    let raw: String

    init(from row: inout RowReader) throws(PostgresError) {
        username = try row.next()
        createdAt = try row.next()
        number = try row.next()
        raw = try row.next()
    }
}

extension PostRevision: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        number = try row.next()
        editorID = try row.next()
        editorUsername = try row.next()
        createdAt = try row.next()
        modifications = try row.next()
    }
}

extension PostAuthor {
    fileprivate init(from row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.next(),
            username: try row.next(),
            name: try row.next(),
            title: try row.next(),
            trustLevel: try row.next(),
            isAdmin: try row.next(),
            isModerator: try row.next(),
            isStaged: try row.next()
        )
    }
}
