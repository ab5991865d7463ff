import ForumAPI

enum FlagPresenter {
    /// The kinds of flags, as the site tells clients.
    static let types: [PostActionTypeBody] = [
        type(
            .offTopic,
            "It's Off-Topic",
            "This post is not relevant to the current discussion as defined by the title and first "
                + "post, and should probably be moved elsewhere."
        ),
        type(
            .inappropriate,
            "It's Inappropriate",
            "This post contains content that a reasonable person would consider offensive, abusive, "
                + "to be hateful conduct or a violation of our community guidelines."
        ),
        type(
            .spam,
            "It's Spam",
            "This post is an advertisement, or vandalism. It is not useful or relevant to the "
                + "current topic."
        ),
        type(
            .illegal,
            "It's Illegal",
            "This post requires staff attention because I believe it contains content that is illegal.",
            requiresMessage: true
        ),
        type(
            .notifyUser,
            "Send this person a message",
            "I want to talk to this person directly and personally about their post.",
            requiresMessage: true
        ),
        type(
            .notifyModerators,
            "Something Else",
            "This post requires staff attention for another reason not listed above.",
            requiresMessage: true
        ),
    ]

    private static func type(
        _ type: PostActionType,
        _ name: String,
        _ description: String,
        requiresMessage: Bool = false
    ) -> PostActionTypeBody {
        PostActionTypeBody(
            id: type.rawValue,
            nameKey: type.name,
            name: name,
            description: description,
            shortDescription: description,
            isFlag: true,
            requireMessage: requiresMessage,
            appliesTo: type == .notifyUser ? ["Post"] : ["Post", "Topic"],
            position: type.rawValue
        )
    }
}
