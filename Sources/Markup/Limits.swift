/// What this module accepts at most. Every input is hostile: each loop, depth and output has a
/// bound.
enum Limits {
    /// Longest Markdown source that is cooked, in bytes; what is beyond is cut off.
    static let markdownBytes = 640 * 1_024
    /// Longest HTML text that is parsed, in bytes; what is beyond is cut off.
    static let htmlBytes = 4 * 1_024 * 1_024
    /// Deepest nesting of Markdown containers (block quotes and lists). libcmark 0.30 takes time
    /// in proportion to depth × lines.
    static let markdownDepth = 100
    /// Deepest nesting of `[quote]`, `[details]` and `[spoiler]`.
    static let tagDepth = 20
    /// Deepest nesting of inline tags such as `[b]` within one run of text.
    static let inlineTagDepth = 20
    /// Deepest nesting of HTML elements; deeper tags are left out and their text is kept.
    static let htmlDepth = 120
    /// Most elements of a tree; the tags of others are left out and their text is kept.
    static let htmlElements = 60_000
    /// Most attributes read from one tag.
    static let attributes = 24
    /// Longest attribute value, in bytes.
    static let attributeBytes = 16 * 1_024
    /// Longest attribute name, in bytes.
    static let attributeNameBytes = 64
    /// Most columns of a table.
    static let tableColumns = 100
    /// Most cells of a table, those filled up at the ends of short rows included.
    static let tableCells = 10_000
    /// Longest name after an at sign, in bytes.
    static let mentionBytes = 60
    /// Longest slug after a number sign, in bytes.
    static let hashtagBytes = 200
    /// Most different names, hashtags and quotes that the caller is asked to look up.
    static let references = 200
    /// Longest link or image address, in bytes.
    static let addressBytes = 8 * 1_024
    /// Most unclosed openings `<!A`, `<?` or `<![CDATA[` left for libcmark, which looks for the
    /// end of each one anew.
    static let declarationOpenings = 64
    /// Most options of a poll, and most polls of a post, that are looked at.
    static let pollOptions = 100
    static let polls = 20
    /// Longest slug, in characters.
    static let slugCharacters = 255
    /// Most bytes of a heading that make its anchor.
    static let anchorBytes = 100
    /// Most addresses that the text of a mail lists below it.
    static let textReferences = 500
    /// Deepest nesting of quotes and lists in the text of a mail.
    static let textContainers = 12
}
