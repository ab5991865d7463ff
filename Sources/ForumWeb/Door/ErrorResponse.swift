import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Postgres

/// Errors in Discourse's shape: `{errors, error_type?, extras?}` and the status its clients expect.
enum ErrorResponse {
    /// The answer to any error; what is not meant for people is logged, not told.
    static func make(_ error: any Error, logger: Logger) -> Response {
        response(forumError(error, logger: logger), isMissingParameter: isMissing(error))
    }

    static func forumError(_ error: any Error, logger: Logger) -> ForumError {
        switch error {
        case let error as ForumError:
            if error.code == .bug {
                logger.error("a use case failed", metadata: ["error": "\(error)"])
            }
            return error
        case let error as WireError:
            // Within the limit of size, but not of shape: 413 would say that fewer bytes help.
            return ForumError(.malformed, error.description)
        case UnreadBody.tooLarge: return ForumError(.tooLarge, "The request is too large.")
        case UnreadBody.tooSlow:
            return ForumError(.malformed, "The request took too long to arrive.")
        case let error as PostgresError: return databaseError(error, logger: logger)
        case let error as HTTPError: return httpError(error)
        case is CancellationError:
            return ForumError(.unavailable, "The server is stopping. Try again in a moment.")
        default:
            logger.error("unexpected error", metadata: ["error": "\(error)"])
            return ForumError(.bug, "The server ran into a problem that it has logged.")
        }
    }

    private static func isMissing(_ error: any Error) -> Bool {
        guard let error = error as? WireError, case .missing = error else { return false }
        return true
    }

    private static func databaseError(_ error: PostgresError, logger: Logger) -> ForumError {
        switch error.code {
        case .busy:
            return ForumError(
                .unavailable,
                "The server is busy. Try again in a moment.",
                retryAfterSeconds: 2
            )
        case .unavailable, .timeout, .closed, .cancelled:
            logger.warning("the database cannot be used", metadata: ["error": "\(error)"])
            return ForumError(
                .unavailable,
                "The database cannot be reached at the moment. Try again soon.",
                retryAfterSeconds: 5
            )
        case .invalidValue:
            return ForumError(.malformed, error.message)
        case .server(.diskFull), .server(.outOfMemory):
            logger.critical("the database has no room", metadata: ["error": "\(error)"])
            return ForumError(
                .unavailable,
                "The server has no room left. Nothing was saved.",
                retryAfterSeconds: 30
            )
        case .server(.numericValueOutOfRange), .server(.characterNotInRepertoire):
            return ForumError(.malformed, "A value is out of range.")
        case .server(.queryCanceled), .server(.lockNotAvailable):
            return ForumError(
                .unavailable,
                "That took too long. Try again in a moment.",
                retryAfterSeconds: 5
            )
        case .server, .decoding:
            logger.error("the database refused a statement", metadata: ["error": "\(error)"])
            return ForumError(.bug, "The server ran into a problem that it has logged.")
        }
    }

    private static func httpError(_ error: HTTPError) -> ForumError {
        switch error.status {
        case .notFound, .methodNotAllowed: .notFound
        case .contentTooLarge: ForumError(.tooLarge, "The request is too large.")
        default: ForumError(.malformed, error.body ?? "The request cannot be understood.")
        }
    }

    /// The status and `error_type` of each code (Discourse: application_controller).
    static func status(of code: ForumError.Code) -> (HTTPResponse.Status, type: String?) {
        switch code {
        case .malformed: (.badRequest, "invalid_parameters")
        case .invalid: (.unprocessableContent, nil)
        case .unauthenticated: (.forbidden, "not_logged_in")
        case .forbidden: (.forbidden, "invalid_access")
        case .notFound: (.notFound, "not_found")
        case .gone: (.gone, nil)
        case .conflict: (.conflict, nil)
        case .tooLarge: (.contentTooLarge, nil)
        case .rateLimited: (.tooManyRequests, "rate_limit")
        case .unavailable: (.serviceUnavailable, nil)
        case .readOnly: (.serviceUnavailable, "read_only")
        case .bug: (.internalServerError, nil)
        }
    }

    private static func response(_ error: ForumError, isMissingParameter: Bool) -> Response {
        let (status, type) = status(of: error.code)
        var extras: WireObject?
        var headers = HTTPFields()
        if let code = error.rateLimitCode { headers[.rateLimitCode] = code }
        if let wait = error.retryAfterSeconds {
            headers[.retryAfter] = String(wait)
            if error.code == .rateLimited {
                extras = WireObject([
                    ("wait_seconds", .int(wait)), ("time_left", .string(RateLimit.words(wait))),
                ])
            }
        }
        var body: [(String, WireValue)] = [("errors", .array(error.messages.map { .string($0) }))]
        if let type, !isMissingParameter { body.append(("error_type", .string(type))) }
        if let extras { body.append(("extras", .object(extras))) }
        return .json(WireValue.object(WireObject(body)), status: status, headers: headers)
    }
}
