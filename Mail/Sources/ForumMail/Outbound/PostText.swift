import Forum
import Markup

/// Writes posts for the two parts of one mail: links have one numbering through all of its text.
struct PostText {
    private let baseURL: String
    private let words: MailWords
    private var references = MailText.References()

    init(baseURL: String, words: MailWords) {
        self.baseURL = baseURL
        self.words = words
    }

    func html(_ cooked: String, page: String) -> String {
        MailHTML(baseURL: baseURL, page: page, spoiler: words(.postSpoiler)).html(cooked)
    }

    /// - Parameter isQuoted: Whether marks of a quotation will stand before its lines.
    mutating func text(_ cooked: String, page: String, isQuoted: Bool = false) -> String {
        let labels = MailText.Labels(
            wrote: { [words] in words(.postWrote, $0) },
            image: words(.postImage),
            poll: words(.postPoll),
            spoiler: words(.postSpoiler)
        )
        let text = MailText.text(
            cooked,
            baseURL: baseURL,
            page: page,
            labels: labels,
            references: &references,
            columns: MailText.columns - (isQuoted ? 2 : 0)
        )
        return isQuoted ? MailText.quoted(text) : text
    }
}
