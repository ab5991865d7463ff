import ForumAPI

enum FlagPresenter {
    /// The kinds of flags, as the site tells clients.
    static let types: [PostActionTypeBody] = [
        flag(
            .offTopic,
            "It's Off-Topic",
            "This post is not relevant to the current discussion as defined by the title and "
                + "first post, and should probably be moved elsewhere.",
            "Not relevant to the discussion",
            appliesTo: ["Post"],
            position: 1
        ),
        flag(
            .inappropriate,
            "It's Inappropriate",
            "This post contains content that a reasonable person would consider offensive, "
                + "abusive, to be hateful conduct or a violation of the community guidelines.",
            "A violation of the community guidelines",
            position: 2
        ),
        flag(
            .spam,
            "It's Spam",
            "This post is an advertisement, or vandalism. It is not useful or relevant to the "
                + "current topic.",
            "This is an advertisement or vandalism",
            position: 3
        ),
        flag(
            .illegal,
            "It's Illegal",
            "This post requires staff attention because I believe it contains content that is "
                + "illegal.",
            "This is illegal",
            needsMessage: true,
            position: 4
        ),
        flag(
            .notifyUser,
            "Send @%{username} a message",
            "I want to talk to this person directly and personally about their post.",
            "I want to talk to this person directly and personally about their post.",
            needsMessage: true,
            appliesTo: ["Post"],
            position: 0
        ),
        flag(
            .notifyModerators,
            "Something Else",
            "This post requires staff attention for another reason not listed above.",
            "Requires staff attention for another reason",
            needsMessage: true,
            position: 5
        ),
    ]

    private static func flag(
        _ type: PostActionType,
        _ name: String,
        _ description: String,
        _ short: String,
        needsMessage: Bool = false,
        appliesTo: [String] = ["Post", "Topic"],
        position: Int
    ) -> PostActionTypeBody {
        PostActionTypeBody(
            id: type.rawValue,
            nameKey: type.name,
            name: name,
            description: description,
            shortDescription: short,
            isFlag: type != .notifyUser,
            requireMessage: needsMessage,
            appliesTo: appliesTo,
            position: position
        )
    }
}
