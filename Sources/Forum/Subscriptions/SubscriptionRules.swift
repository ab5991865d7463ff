/// The action of choosing how closely to follow something.
package enum Subscribe {}

/// Something to follow that its follower was shown to see.
struct VisibleTopic: Sendable {
    let id: TopicID
}

package struct VisibleCategory: Sendable {
    let id: CategoryID
}

package struct VisibleTag: Sendable {
    let id: TagID
}

extension Rule where Action == Subscribe {
    /// Whoever may read it may follow it; a staged user has no reader of notices yet.
    package static var subscribe: Self {
        Rule { _, principal in
            principal.isStaged
                ? .deny(
                    ForumError(.forbidden, "This account has not been claimed.", reason: .staged)
                )
                : .allow
        }
    }

    /// For who has proved to read an address: that mailbox is the reader of a staged user's notices.
    static var subscribeByMail: Self { Rule { _, _ in .allow } }
}
