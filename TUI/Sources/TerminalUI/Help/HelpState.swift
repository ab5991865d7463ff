/// The list of all keys.
struct HelpState: Sendable {
    /// The screen that was left for the help; its keys come first.
    var context = KeyContext.topicList
    var top = 0
}
