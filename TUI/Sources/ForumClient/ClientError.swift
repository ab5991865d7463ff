/// Why a call to a site failed, with a sentence that says what to do.
package enum ClientError: Error, Sendable, Hashable {
    /// The site was not reached.
    case network(reason: String)
    /// The site wants to know who calls, or does not believe it.
    case auth(message: String)
    /// The site did not let somebody in who tried to log in.
    case loginRefused(message: String)
    /// The site knows who calls, and does not allow it.
    case forbidden(message: String)
    /// There is no such thing, or it is hidden.
    case notFound
    /// Too many requests; `seconds` to wait.
    case rateLimited(seconds: Int)
    /// What was sent is not acceptable, in the site's own words.
    case invalid(messages: [String])
    /// Somebody has changed the same thing in the meantime.
    case conflict(message: String)
    /// The site failed, or takes no writes at the moment.
    case server(status: Int, message: String)
    /// The reply is larger than this program takes.
    case tooLarge
    /// The site has moved to another host, which this program does not follow by itself.
    case moved(to: String)
    /// The reply is not what a forum of this kind sends.
    case protocolError(reason: String)
    /// The caller gave up.
    case cancelled
}

extension ClientError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .network(let reason):
            "The site could not be reached: \(reason). Check the address and the connection."
        case .auth(let message):
            "\(message.asSentence) Log in with “parley login”."
        case .loginRefused(let message):
            message.asSentence
        case .forbidden(let message):
            "\(message.asSentence) Ask the staff of the site if you should be allowed."
        case .notFound:
            "That does not exist here, or it is not for your eyes. Logging in may help."
        case .rateLimited(let seconds):
            "That was too fast for this site. Try again in \(seconds) s."
        case .invalid(let messages):
            messages.isEmpty ? "The site refused what was sent." : messages.joined(separator: " ")
        case .conflict(let message):
            message.isEmpty ? "Somebody else has changed this in the meantime." : message
        case .server(let status, let message):
            "The site has trouble (\(status)\(message.isEmpty ? "" : ": \(message)")). "
                + "Try again later."
        case .tooLarge:
            "The answer is larger than \(Limits.replyBytes / 1_048_576) MiB. Ask for less at once."
        case .moved(let host):
            "The site has moved to \(host). Use that address if you trust it."
        case .protocolError(let reason):
            "The answer is not that of a Discourse or Parley site: \(reason). Check the address."
        case .cancelled:
            "Cancelled."
        }
    }
}

extension String {
    /// With a full stop where an end is missing: sites write their messages either way.
    fileprivate var asSentence: String {
        last.map { ".!?\u{3002}".contains($0) } ?? true ? self : self + "."
    }
}
