extension Model {
    /// The site says that a topic waits; what is being read or muted does not.
    mutating func wait(for topic: Int, _ highest: Int, in category: Int?, isNew: Bool) {
        guard !(site.username ?? "").isEmpty, topic != openTopicID,
            site.category(category)?.level != .muted
        else { return }
        if isNew {
            waiting.new[topic] = highest
        } else {
            waiting.unread[topic] = max(highest, waiting.unread[topic] ?? 0)
        }
    }
}

/// What waits for the member on the whole site: topics by their ids, with the numbers of their last posts.
package struct WaitingTopics: Sendable, Hashable {
    /// Followed topics with posts that were not read.
    package var unread: [Int: Int]
    /// Topics that the member has never seen.
    package var new: [Int: Int]

    package init(unread: [Int: Int] = [:], new: [Int: Int] = [:]) {
        self.unread = unread
        self.new = new
    }

    /// The member has read a topic up to the post with this number.
    mutating func setRead(_ topic: Int, upTo number: Int) {
        new[topic] = nil
        if let highest = unread[topic], number >= highest {
            unread[topic] = nil
        }
    }

    /// All of these topics count as read.
    mutating func dismiss(_ topics: [Int]) {
        for topic in topics {
            new[topic] = nil
            unread[topic] = nil
        }
    }
}
