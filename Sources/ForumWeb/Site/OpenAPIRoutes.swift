import Cryptography
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
        guard let bytes = try? encodeJSON(Self.document(routes.declarations).value) else { return }
        let digest = Digest.sha256(bytes)
        let etag = "\"\(Hex.encode(Array(digest.prefix(12))))\""
        made.document.withLock { $0 = (ByteBuffer(bytes: bytes), etag) }
    }

    static func document(_ declarations: [RouteTable.Declaration]) -> OpenAPIDocument {
        OpenAPIDocument(
            title: "Parley",
            version: SiteRoutes.discourseVersion,
            operations: declarations.compactMap(\.operation)
        )
    }
}
