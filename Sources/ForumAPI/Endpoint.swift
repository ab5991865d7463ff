/// One route of the API: what the server serves and what the client calls.
///
/// `Body` is what the caller sends: the query of a GET, the body of anything else (where clients
/// may also put parts of it into the query).
package struct Endpoint<Body: Codable & Sendable, Reply: Codable & Sendable>: Sendable {
    package let method: EndpointMethod
    /// A template such as `/t/{topic_id}`: the server routes by it, the client fills it in.
    package let path: String
    /// Whether a client may put `.json` after the path, as Discourse has it.
    package let takesSuffix: Bool
    /// What it does, in a few words, where its method and path do not say it well enough.
    package let summary: String?

    package init(
        _ method: EndpointMethod,
        _ path: String,
        takesSuffix: Bool = true,
        summary: String? = nil
    ) {
        self.method = method
        self.path = path
        self.takesSuffix = takesSuffix
        self.summary = summary
    }

    /// `GET /t/{topic_id}`, as the catalogue lists it.
    package var signature: String { "\(method.rawValue) \(path)" }

    /// The path with its parameters filled in and percent-encoded, without a suffix.
    package func path(
        filling values: [String: String] = [:]
    ) throws(EndpointError) -> String {
        var filled = ""
        for segment in path.split(separator: "/") {
            filled += "/"
            guard segment.first == "{", segment.last == "}" else {
                filled += segment
                continue
            }
            let name = String(segment.dropFirst().dropLast())
            // An empty segment or one of dots would lead to another route.
            guard let value = values[name], !value.isEmpty, value != ".", value != ".." else {
                throw EndpointError(parameter: name, path: path)
            }
            filled += percentEncoded(value)
        }
        return filled
    }
}

package enum EndpointMethod: String, Sendable, Hashable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}

/// A path could not be filled in.
package struct EndpointError: Error, Sendable, Hashable, CustomStringConvertible {
    package let parameter: String
    package let path: String

    package var description: String { "\(path) needs a value for \(parameter)" }
}

/// Everything but RFC 3986's unreserved characters as `%XX`: for path segments and form values.
package func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
            encoded.append(byte)
        default:
            encoded += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}

/// Where nothing is sent.
package struct NoBody: Codable, Sendable, Equatable {
    package init() {}
}

/// A reply without a body, status 200.
package struct NoReply: Codable, Sendable, Equatable {
    package init() {}
}

/// A reply that is text, not JSON.
package struct TextReply: Codable, Sendable, Equatable {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }
}

/// `{"success":"OK"}`.
package struct SuccessReply: Codable, Sendable, Equatable {
    package var success: String

    package init(success: String = "OK") {
        self.success = success
    }
}
