import CPostgres

/// A failure of the database, of the way to it, or of reading its answer.
package struct PostgresError: Error, Sendable, Hashable {
    /// What a caller can act upon.
    package enum Code: Sendable, Hashable {
        /// Every connection stayed in use for longer than a job may wait.
        case busy
        /// There is no connection to the server, or it was lost.
        case unavailable
        /// The statement ran into its time limit, or the server fell silent.
        case timeout
        /// The pool, the transaction or the listener is over.
        case closed
        /// The waiting task was cancelled before its statement was sent.
        case cancelled
        /// A column does not hold what the caller reads from it.
        case decoding
        /// A value that PostgreSQL cannot take, such as text with a NUL character.
        case invalidValue
        /// The server refused the statement.
        case server(SQLState)
    }

    package var code: Code
    package var message: String
    package var sqlState: SQLState?
    package var detail: String?
    package var hint: String?
    package var constraint: String?
    package var table: String?
    package var column: String?
    /// True when the connection was lost after a statement that may change data, or a COMMIT, had
    /// been sent and before its answer came: it may have taken effect. Never retried silently.
    package var outcomeUnknown = false

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
        if case .server(let state) = code {
            sqlState = state
        }
    }

    /// True for the failures after which the same transaction is worth another attempt.
    package var isRetryable: Bool {
        sqlState == .serializationFailure || sqlState == .deadlockDetected || isStalePlan
    }

    /// True when a prepared statement no longer fits the schema, or is unknown to the server.
    var isStalePlan: Bool {
        switch sqlState {
        case .invalidStatementName: true
        case .featureNotSupported: message.contains("cached plan")
        default: false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        var parts = [message]
        if let sqlState {
            parts.append("(SQLSTATE \(sqlState.code))")
        }
        if let detail {
            parts.append(detail)
        }
        if outcomeUnknown {
            parts.append("Whether it took effect is unknown.")
        }
        return parts.joined(separator: " ")
    }
}

extension PostgresError {
    /// Reads the fields of an error result.
    init(result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            let number = Int32(code.asciiValue ?? 0)
            return PQresultErrorField(result, number).map { String(cString: $0) }
        }
        // The letters are the field codes of the protocol's ErrorResponse.
        let state = field("C").map { SQLState($0) }
        let text = field("M") ?? String(cString: PQresultErrorMessage(result))
        self.init(Self.code(of: state), text.withoutTrailingSpace)
        sqlState = state
        detail = field("D")
        hint = field("H")
        constraint = field("n")
        table = field("t")
        column = field("c")
    }

    private static func code(of state: SQLState?) -> Code {
        guard let state else {
            return .unavailable
        }
        switch state {
        case .adminShutdown, .crashShutdown, .cannotConnectNow, .idleInTransactionTimeout:
            return .unavailable
        case .queryCanceled:
            return .timeout
        default:
            return state.code.hasPrefix("08") ? .unavailable : .server(state)
        }
    }
}

extension String {
    var withoutTrailingSpace: String {
        var text = self[...]
        while text.last?.isWhitespace == true {
            text.removeLast()
        }
        return String(text)
    }
}
