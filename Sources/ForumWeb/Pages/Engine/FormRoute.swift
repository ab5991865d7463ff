import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

extension RouteTable {
    /// All forms of pages are sent to addresses below this one.
    static let formRoot = "/forms/"

    /// Takes what a form of a page sends: from a browser on this site, with its token, once only.
    ///
    /// - Parameters:
    ///   - path: Below `/forms/`.
    ///   - again: Draws the form once more, with what was typed and what was wrong. Without it, a page
    ///     says what was wrong.
    func form(
        _ path: String,
        _ policy: RoutePolicy,
        _ pages: PageWriter,
        bodyBytes: Int = WebLimits.bodyBytes,
        again: FormAgain? = nil,
        _ handler: @escaping @Sendable (Call<WireValue>) async throws -> Response
    ) {
        addRoute(.post, Self.formRoot + path, policy, operation: nil, bodyBytes: bodyBytes) {
            call,
            _ in
            // Programs have the API, where every scope of a key is told apart.
            guard call.proof != .apiKey else { throw ForumError.forbidden }
            do {
                try pages.forms.check(call)
                return try await handler(call)
            } catch {
                let known = ErrorResponse.forumError(error, logger: call.logger)
                guard let again, known.code != .bug,
                    let page = try await again.page(call, after: known)
                else { throw known }
                var response = Response.document(page)
                response.status = ErrorResponse.status(of: known.code).0
                if let wait = known.retryAfterSeconds {
                    response.headers[.retryAfter] = String(wait)
                }
                return response
            }
        }
    }
}

/// How a form is drawn once more.
struct FormAgain: Sendable {
    private let page: @Sendable (Call<WireValue>, ForumError) async throws -> Document

    init(
        _ page: @escaping @Sendable (Call<WireValue>, ForumError) async throws -> Document
    ) {
        self.page = page
    }

    /// `nil` where there is nothing any more that the form could be about.
    func page(_ call: Call<WireValue>, after error: ForumError) async throws -> Document? {
        do {
            return try await page(call, error)
        } catch let gone as ForumError where gone.code == .notFound {
            return nil
        }
    }
}

/// Where a form leads back to.
enum ReturnAddress {
    /// The address that a form names, if it is one of this site's pages.
    static func of(_ call: Call<WireValue>, _ name: String = "return_path") throws -> String? {
        guard let text = try call.text(name), isLocal(text) else { return nil }
        return text
    }

    /// A path, and nothing that a browser could take for another host.
    static func isLocal(_ text: String) -> Bool {
        guard text.utf8.count <= WebLimits.uriBytes, text.hasPrefix("/"), !text.hasPrefix("//"),
            !text.hasPrefix("/forms/")
        else { return false }
        return text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }
}
