/// Why something from the wire was not understood. The server answers each of them with 400.
package enum WireError: Error, Sendable, Hashable {
    /// Not the syntax that its content type promises. `position` counts bytes from 0.
    case syntax(position: Int, reason: String)
    /// A parameter that must be there is not.
    case missing(parameter: String)
    /// A parameter that is there, and is not what it must be.
    case invalid(parameter: String, reason: String)
    /// More than the limits of this module allow.
    case tooMuch(String)
}

extension WireError: CustomStringConvertible {
    /// A sentence for the people who wrote the request.
    package var description: String {
        switch self {
        case .syntax(let position, let reason): "\(reason) at byte \(position)"
        // Discourse (Rails) uses these very words; clients show them.
        case .missing(let parameter): "param is missing or the value is empty: \(parameter)"
        case .invalid(let parameter, let reason): "\(parameter) \(reason)"
        case .tooMuch(let what): what
        }
    }
}
