import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Logging

/// A request as a handler sees it: proved, decoded, within its limits.
struct Call<Body: Sendable>: Sendable {
    let viewer: Viewer
    let proof: Proof
    let grant: KeyGrant
    var body: Body
    /// Path, query and body parameters in one; the path wins, then the body.
    let parameters: WireValue
    let headers: HTTPFields
    let cookies: Cookies
    let clientAddress: String?
    let logger: Logger
    /// Who asks, proved once more: for answers that stay open while keys are revoked and groups change.
    ///
    /// Throws what the first proof would throw now.
    let proveAgain: @Sendable () async throws -> Viewer

    /// The same call with another body.
    func with(_ body: Body) -> Self {
        Self(
            viewer: viewer,
            proof: proof,
            grant: grant,
            body: body,
            parameters: parameters,
            headers: headers,
            cookies: cookies,
            clientAddress: clientAddress,
            logger: logger,
            proveAgain: proveAgain
        )
    }

    /// The token of the session that asks; a key has none.
    var sessionToken: String? {
        guard case .session(let token) = proof else { return nil }
        return token
    }

    /// Who acts.
    ///
    /// - Throws: `.unauthenticated`.
    var principal: Principal {
        get throws(ForumError) { try viewer.requirePrincipal() }
    }

    /// A parameter as text; `nil` when it is absent, null or empty.
    ///
    /// - Throws: `.malformed` for a list or an object.
    func text(_ name: String) throws(ForumError) -> String? {
        guard let value = parameters[name], !value.isNull else { return nil }
        switch value {
        case .string(let text), .number(let text): return text.isEmpty ? nil : text
        case .bool(let flag): return String(flag)
        default: throw ForumError(.malformed, "\(name) must be a single value.", field: name)
        }
    }

    func requiredText(_ name: String) throws -> String {
        guard let text = try text(name) else { throw WireError.missing(parameter: name) }
        return text
    }

    /// A parameter as a number.
    ///
    /// - Throws: `.malformed` when it is none.
    func int(_ name: String) throws(ForumError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), ForumAPI.Limits.integers.contains(Int64(number)) else {
            throw ForumError(.malformed, "\(name) must be a number.", field: name)
        }
        return number
    }

    func bool(_ name: String) throws(ForumError) -> Bool {
        switch try text(name)?.lowercased() {
        case "true", "t", "1", "yes", "on": true
        default: false
        }
    }

    /// The number of a thing that the path names. What cannot be one names nothing.
    ///
    /// - Throws: `.notFound`.
    func id(_ name: String) throws(ForumError) -> Int64 {
        guard let text = try text(name), let id = Int64(text) else { throw .notFound }
        return id
    }

    func topicID(_ name: String = "topic_id") throws(ForumError) -> TopicID {
        TopicID(try id(name))
    }

    func postID(_ name: String = "post_id") throws(ForumError) -> PostID {
        PostID(try id(name))
    }

    func categoryID(_ name: String = "category_id") throws(ForumError) -> CategoryID {
        CategoryID(try id(name))
    }

    /// A list of texts such as `options[]=a&options[]=b`; one value counts as a list of one.
    func texts(_ name: String, max: Int) throws(ForumError) -> [String] {
        guard let value = parameters[name], !value.isNull else { return [] }
        let texts = (value.arrayValue ?? [value]).map(\.stringValue)
        guard texts.count <= max, !texts.contains(nil) else {
            throw ForumError(.malformed, "\(name) must be at most \(max) texts.", field: name)
        }
        return texts.compactMap(\.self)
    }

    /// A list of numbers such as `post_ids[]=1&post_ids[]=2`; one value counts as a list of one.
    func ids(_ name: String, max: Int) throws(ForumError) -> [Int64] {
        guard let value = parameters[name], !value.isNull else { return [] }
        let values = value.arrayValue ?? [value]
        guard values.count <= max else {
            throw ForumError(.malformed, "At most \(max) \(name) at once.", field: name)
        }
        var ids: [Int64] = []
        for value in values {
            guard let id = value.intValue.map(Int64.init) else {
                throw ForumError(.malformed, "\(name) must be numbers.", field: name)
            }
            ids.append(id)
        }
        return ids
    }
}
