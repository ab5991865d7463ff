/// Which mails of an archive are posts already. A Message-ID names one mail; where somebody used it
/// again for another, that one goes by the name that is made of its bytes.
struct ImportIdentities: Sendable {
    private var messages: [ImportedPost.Key: KnownMessage] = [:]

    init(_ messages: [KnownMessage]) {
        for message in messages { add(message) }
    }

    mutating func add(_ message: KnownMessage) { messages[message.key] = message }

    func named(_ messageID: String, in category: CategoryID) -> KnownMessage? {
        messages[ImportedPost.Key(messageID: messageID, categoryID: category)]
    }

    /// The post that a mail is.
    func known(_ post: ImportedPost) -> KnownMessage? {
        if let message = named(post.messageID, in: post.categoryID), message.isSame(as: post) {
            return message
        }
        return named(post.fallbackID, in: post.categoryID)
    }

    /// Whether a mail is a post for sure.
    func has(_ mail: ImportedPost.Identity) -> Bool {
        if let message = named(mail.messageID, in: mail.categoryID),
            message.isDated(mail.createdAt)
        {
            return true
        }
        return named(mail.fallbackID, in: mail.categoryID) != nil
    }

    /// What a new mail will be known by.
    func identity(of post: ImportedPost) -> String {
        named(post.messageID, in: post.categoryID) == nil ? post.messageID : post.fallbackID
    }

    func topics(of destination: ImportID) -> [TopicID] {
        messages.values.filter { $0.importID == destination }.map(\.topicID)
    }
}
