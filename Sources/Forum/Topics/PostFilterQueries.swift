import Postgres

enum PostFilterQueries {
    /// Holds for posts `p` of the topic that the filter lets through.
    static func condition(_ filter: PostFilter, in topic: TopicID) -> SQL {
        var conditions: [SQL] = []
        if filter.isSummary {
            conditions.append(
                """
                (p.post_number = 1 OR p.id = ANY(ARRAY(SELECT best.id FROM posts best
                    WHERE best.topic_id = \(topic) AND best.deleted_at IS NULL AND NOT best.hidden
                        AND best.like_count * 15 + best.reply_count * 5 >= 15
                    ORDER BY best.like_count * 15 + best.reply_count * 5 DESC, best.post_number
                    LIMIT \(TopicQueries.literal(Limits.summaryPostsMax)))))
                """
            )
        }
        if !filter.usernames.isEmpty {
            let names = filter.usernames.prefix(Limits.usernameFiltersMax)
                .map { UsernameRules.fold($0.cleanedOfNUL) }
            conditions.append(
                """
                (p.post_number = 1 OR p.user_id = ANY(ARRAY(SELECT wanted.id FROM users wanted
                    WHERE wanted.username_lower = ANY(\(names)::text[]))))
                """
            )
        }
        if filter.isTopLevelOnly {
            conditions.append(
                "(p.reply_to_post_number IS NULL OR p.reply_to_post_number = 1)"
            )
        }
        if let number = filter.repliesToNumber {
            let number = Int(clamping: Int32(clamping: number))
            conditions.append(
                """
                (p.post_number IN (1, \(number)::int) OR p.reply_to_post_number = \(number)::int)
                """
            )
        }
        if let post = filter.upwardsFrom {
            conditions.append(
                """
                (p.post_number = 1 OR p.id = ANY(ARRAY(\(upwards(from: post, in: topic)))))
                """
            )
        }
        guard let first = conditions.first else { return "TRUE" }
        return conditions.dropFirst().reduce(first) { $0 + " AND " + $1 }
    }

    /// A post and those before it in the chain of answers; numbers only fall, so it ends.
    static func upwards(from post: PostID, in topic: TopicID) -> SQL {
        """
        WITH RECURSIVE chain AS (
            SELECT c.id, c.topic_id, c.reply_to_post_number, c.post_number, 1 AS depth
            FROM posts c WHERE c.id = \(post) AND c.topic_id = \(topic)
            UNION ALL
            SELECT up.id, up.topic_id, up.reply_to_post_number, up.post_number, chain.depth + 1
            FROM chain JOIN posts up ON up.topic_id = chain.topic_id
                AND up.post_number = chain.reply_to_post_number
            WHERE up.post_number < chain.post_number
                AND chain.depth < \(TopicQueries.literal(Limits.replyChainMax))
        ) SELECT chain.id FROM chain
        """
    }
}
