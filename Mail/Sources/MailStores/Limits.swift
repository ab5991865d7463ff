/// What a place that mail is collected from may cost, in one table.
package struct StoreLimits: Sendable, Hashable {
    /// Octets of one mail. Larger ones are left where they are.
    package var messageBytes = 26_214_400
    /// Mails that one look at a place lists.
    package var listedMails = 20_000
    /// How long a connection may take to stand.
    package var connect: Duration = .seconds(30)
    /// How long a server may take for its next octets.
    package var idle: Duration = .seconds(60)
    /// How long one conversation may take in all: ends servers that send an octet a minute.
    package var session: Duration = .seconds(900)

    package init() {}

    /// Of a connection on which a server tells of mail: servers may end it after half an hour (RFC 2177
    /// §3), and what lies between us and them forgets it sooner.
    package static let watching: StoreLimits = {
        var limits = StoreLimits()
        limits.idle = .seconds(1500)
        limits.session = .seconds(1500)
        return limits
    }()

    /// Octets of one line of a server: the answer to an IMAP SEARCH is one line.
    static let lineBytes = 1_048_576
    /// Octets of a status line of POP3 that are kept for people (RFC 1939 says 512 in all).
    static let keptText = 300
    /// Lines without our asking that a server may send before its answer.
    static let untaggedLines = 100_000
    /// Literals of one line of IMAP.
    static let literals = 50
    /// Octets that a listing may hold in all.
    static let listingBytes = 8_388_608
}
