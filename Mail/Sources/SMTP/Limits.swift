/// Every limit that a server session sets on its peer, in one table.
package struct SMTPLimits: Sendable, Hashable {
    /// Octets of a command line with its CRLF. RFC 5321 §4.5.3.1.4 asks for 512; MAIL and RCPT with
    /// extension parameters and internationalised paths need more.
    package var commandLine = 2048

    /// Octets of an overlong line that are read away before the connection is closed.
    package var discardedLine = 65_536

    /// Recipients of one mail. What is above is answered with 452, so that the peer sends the rest
    /// in a second transaction (RFC 5321 §4.5.3.1.10).
    package var recipients = 50

    /// Octets of a mail: CRLF counted, stuffed dots not (RFC 1870 §3).
    package var messageSize = 26_214_400

    /// Octets of mail that nobody will deliver (too large, malformed) which are still read in order
    /// to answer cleanly. What comes after closes the connection.
    package var discardedMessage = 268_435_456

    /// Commands since the greeting or since the last mail.
    package var commandsWithoutMail = 1000

    /// Protocol errors of one connection. Refused recipients are none.
    package var errors = 20

    package init() {}
}

/// The limits that need a clock or a count of connections: they belong to the server, not to a
/// session.
package struct ServerLimits: Sendable, Hashable {
    /// Connections at one time. One more is greeted with 421.
    package var connections = 100

    /// Connections of one network address at one time (of IPv6: of its network of 64 bits); nil for no
    /// limit.
    package var connectionsOfPeer: Int?

    /// Connections that one network address may begin within a minute.
    package var connectionsPerMinute: Int?

    /// Recipients that one network address may name within a minute, known ones or not: nobody finds
    /// out by trying which addresses there are.
    package var recipientsPerMinute: Int?

    /// How long the server waits for the peer's next octet (RFC 5321 §4.5.3.2.7: five minutes).
    package var idle: Duration = .seconds(300)

    /// How long one reply may take to leave.
    package var write: Duration = .seconds(60)

    /// How long a connection may live, however busy it is. Ends peers that send an octet a minute.
    package var lifetime: Duration = .seconds(3600)

    /// How long transactions that have begun may go on after the server was told to stop.
    package var drain: Duration = .seconds(10)

    package init() {}

    /// For a server that the whole network can reach.
    package static var exposed: ServerLimits {
        var limits = ServerLimits()
        limits.connectionsOfPeer = 10
        limits.connectionsPerMinute = 60
        limits.recipientsPerMinute = 300
        return limits
    }
}

/// How long a client waits in each state, by RFC 5321 §4.5.3.2.
package struct ClientTimeouts: Sendable, Hashable {
    /// Until the connection stands, per address.
    package var connect: Duration = .seconds(60)

    /// For the greeting.
    package var greeting: Duration = .seconds(300)

    /// For the answer to EHLO, STARTTLS, AUTH, MAIL, RCPT and RSET, and for the TLS handshake.
    package var command: Duration = .seconds(300)

    /// For the 354 after DATA.
    package var dataStart: Duration = .seconds(120)

    /// For each block of the mail to be taken by the peer.
    package var dataBlock: Duration = .seconds(180)

    /// For the answer to the final dot.
    package var dataEnd: Duration = .seconds(600)

    /// For the answer to QUIT; the mail is safe by then.
    package var quit: Duration = .seconds(5)

    package init() {}

    /// The same time for every state, for relays near by and for tests.
    package init(all duration: Duration) {
        connect = duration
        greeting = duration
        command = duration
        dataStart = duration
        dataBlock = duration
        dataEnd = duration
        quit = duration
    }
}

/// How long a connection to a relay is kept for further mails.
package struct ConnectionLimits: Sendable, Hashable {
    /// Without a mail. Relays close after some minutes; politeness asks for less.
    package var idle: Duration = .seconds(10)

    /// Mails of one connection; many relays end it after a hundred.
    package var mails = 100

    package init() {}
}

/// The limits of what a client takes from a relay.
enum ReplyLimits {
    /// Octets of one reply line. RFC 5321 §4.5.3.1.5 says 512; real relays send more.
    static let line = 4096

    /// Lines of one reply.
    static let lines = 200

    /// Characters of a reply's text that are kept for the log and the sender.
    static let keptText = 1000
}
