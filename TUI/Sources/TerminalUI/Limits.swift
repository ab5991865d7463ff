/// Every limit that this module puts on what comes from outside, in one table.
package enum Limits {
    /// Combining marks kept on one base character; ncurses holds no more in a cell.
    package static let marksPerCell = 4
    /// Characters of a one-line field (title, name, tag) that are looked at before it is cut.
    package static let fieldCharacters = 500
    /// UTF-8 bytes of one post that are laid out; the rest is named, not drawn.
    package static let postBytes = 400_000
    /// Lines that one post may fill on the screen.
    package static let postLines = 8000
    /// Depth to which quotes and lists indent; deeper ones stay at this depth.
    package static let nesting = 8
    /// Open elements of HTML that are remembered; deeper ones are read as plain text.
    package static let openElements = 200
    /// Actions that one key can do.
    package static let actionsPerKey = 20
    /// Columns and rows of a table that are laid out.
    package static let tableColumns = 20
    /// Rows of a table that are laid out.
    package static let tableRows = 400
    /// Links of one post that receive a number.
    package static let links = 200
    /// Widest measure of running text, in columns.
    package static let measure = 100
    /// Widest head of a post whose rule can still shrink, in columns. Each column of a rule is three bytes.
    package static let headMeasure = 64
    /// Laid-out posts kept around the reader.
    package static let layouts = 96
    /// Posts asked for in one request.
    package static let postsPerRequest = 20
    /// Rows kept in a list of topics.
    package static let topicRows = 3000
    /// Notifications that are shown.
    package static let notificationRows = 60
    /// Characters of a post in the composer.
    package static let composerCharacters = 32_000
    /// Steps of undo in the composer.
    package static let undoSteps = 200
    /// Bytes accepted in one paste.
    package static let pasteBytes = 200_000
    /// Rows of a chooser.
    package static let choices = 500
    /// Lines of a text in the review queue.
    package static let reviewLines = 500
    /// Options of a poll that are shown.
    package static let pollOptions = 60
    /// Posts that one split moves.
    package static let movedPosts = 500
    /// Actions that can be taken back.
    package static let undoneActions = 50
    /// Similar topics shown to whoever begins one, and names offered for completion.
    package static let similarTopics = 3
    package static let completions = 6
    /// Patterns of each kind that are kept, and characters of one.
    package static let patterns = 500
    package static let patternCharacters = 200
    /// The largest number that counts before a motion.
    package static let count = 100_000
    /// Times that a motion is repeated at most.
    package static let repetitions = 3000
    /// Topics that are fetched before they are opened.
    package static let upcomingTopics = 2
    /// Seconds after which a request is not repeated by itself.
    package static let longestWait = 600
    /// Posts on their way out that are remembered.
    package static let heldPosts = 20
    /// Columns and rows below which only a request for more room is shown.
    package static let smallestSize = Size(columns: 40, rows: 10)
}
