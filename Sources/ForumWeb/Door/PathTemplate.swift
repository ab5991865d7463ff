import ForumAPI
import Hummingbird

/// A path such as `/t/{topic_id}/posts`, as the router takes it: parameters named by their place.
///
/// The router wants one name for whatever stands in one place, but Discourse has a slug or an id in
/// the same one; what a route calls its parameters is its own matter.
struct PathTemplate: Sendable {
    /// `/t/{2}/posts`
    let shape: String
    private let names: [(place: String, name: String)]

    init(_ path: String) {
        var names: [(String, String)] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        let shaped = segments.enumerated().map { index, segment -> String in
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return String(segment) }
            names.append((String(index), String(segment.dropFirst().dropLast())))
            return "{\(index)}"
        }
        shape = shaped.joined(separator: "/")
        self.names = names
    }

    /// The parameters of a request under the names that this route gives them.
    func values(_ parameters: Parameters) -> [(String, WireValue)] {
        names.compactMap { place, name in
            parameters.get(place).map { (name, .string($0)) }
        }
    }
}
