/// What a message may cost. Whatever is beyond a limit is left out and named in `problems`.
package struct Limits: Sendable, Hashable {
    /// Bytes of one message: callers refuse larger ones, `MboxReader` skips them.
    package var messageBytes = 26_214_400
    /// MIME parts of one message, containers included.
    package var parts = 100
    /// Levels of nesting; a container below is shown as an opaque part.
    package var depth = 10
    /// Fields of one header.
    package var headerFields = 500
    /// Bytes of one header.
    package var headerBytes = 262_144
    /// Bytes that decoding of containers may produce in one message.
    package var decodedBytes = 52_428_800
    /// Bytes of one text part that are decoded for the body; the rest is left out.
    package var bodyBytes = 524_288
    /// Addresses of one field.
    package var addresses = 1000
    /// Message-IDs of one field.
    package var messageIDs = 500
    /// Recipients of one delivery report.
    package var bounceRecipients = 100
    /// Problems that are kept of one message.
    package var problems = 50

    package init() {}

    package static let standard = Limits()

    /// Signatures of one mail that are checked; each costs a question to the DNS.
    static let signatures = 8
    /// Results of one Authentication-Results field.
    static let authenticationResults = 100
    /// Bytes of a boundary. RFC 2046 says 70; some programs write longer ones.
    static let boundaryBytes = 300
    /// Bytes of one encoded word. RFC 2047 says 75; some programs write the whole value as one.
    static let encodedWordBytes = 2000
    /// Nesting of comments, beyond which a parenthesis is an ordinary character.
    static let commentDepth = 50
    /// Segments of a parameter continuation (RFC 2231).
    static let parameterSegments = 200
    /// Characters of a filename.
    static let filenameCharacters = 255
    /// Bytes of one line of an mbox file that are looked at as a `From ` line.
    static let fromLineBytes = 1000
    /// Lines over which an attribution ("On … wrote:") may be broken.
    static let attributionLines = 4
    /// Lines of a body whose verdicts are shown.
    package static let shownLines = 10_000
    /// Characters of a joined attribution.
    static let attributionCharacters = 500
}
