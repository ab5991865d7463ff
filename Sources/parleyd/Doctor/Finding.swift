/// What one look of the doctor found.
struct Finding: Encodable, Sendable {
    enum Status: String, Encodable, Sendable {
        case ok
        /// It works, but not as well as it should.
        case warning
        case failed
        /// Could not be looked at.
        case skipped
    }

    let name: String
    let status: Status
    let message: String
    /// What the administrator can do.
    let advice: String?

    static func ok(_ name: String, _ message: String) -> Finding {
        Finding(name: name, status: .ok, message: message, advice: nil)
    }

    static func skipped(_ name: String, _ message: String) -> Finding {
        Finding(name: name, status: .skipped, message: message, advice: nil)
    }

    static func warning(_ name: String, _ message: String, advice: String) -> Finding {
        Finding(name: name, status: .warning, message: message, advice: advice)
    }

    static func failed(_ name: String, _ message: String, advice: String) -> Finding {
        Finding(name: name, status: .failed, message: message, advice: advice)
    }

    /// A line for people, and one with what to do.
    var text: String {
        let mark =
            switch status {
            case .ok: "ok     "
            case .warning: "warning"
            case .failed: "FAILED "
            case .skipped: "-      "
            }
        let line = "\(mark) \(name): \(message)"
        return advice.map { "\(line)\n        → \($0)" } ?? line
    }
}
