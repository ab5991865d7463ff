import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The document of the API, made of the routes that are served.
struct OpenAPIRoutes: Sendable {
    private final class Made: Sendable {
        let document = Mutex<(body: ByteBuffer, etag: String)?>(nil)
    }

    /// To be called when all other routes are declared.
    func add(to routes: RouteTable) {
        let made = Made()
        routes.serveByHand(API.Site.openAPI, .open) { _ in
            guard let document = made.document.withLock({ $0 }) else {
                return .empty(.serviceUnavailable)
            }
            var headers = HTTPFields()
            headers[.eTag] = document.etag
            return .json(document.body, headers: headers)
        }
        do {
            let document = Self.document(routes.declarations)
            let body = ByteBuffer(bytes: try encodeJSON(document.value))
            made.document.withLock { $0 = (body, AnonymousCache.etag(of: body)) }
        } catch {
            preconditionFailure("the API cannot be described: \(error)")
        }
    }

    static func document(_ declarations: [RouteTable.Declaration]) -> OpenAPIDocument {
        OpenAPIDocument(
            title: "Parley",
            version: SiteRoutes.discourseVersion,
            operations: declarations.compactMap(\.operation)
        )
    }
}
