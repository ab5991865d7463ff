import Cryptography
import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore

/// The one stylesheet of the pages, at an address that changes with it.
enum Stylesheet {
    private static let body = ByteBuffer(bytes: PackageResources.parley_css)

    private static let name: String = {
        let hash = Digest.sha256(String(buffer: body)).prefix(8)
        return "parley_\(Hex.encode(Array(hash))).css"
    }()

    static let address = "/stylesheets/\(name)"

    static func add(to routes: RouteTable) {
        routes.addRoute(.get, "/stylesheets/{name}", .open, operation: nil) { call, _ in
            guard try call.text("name") == name else { throw ForumError.notFound }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/css; charset=utf-8",
                    .cacheControl: "public, max-age=31536000, immutable",
                    .vary: "Accept-Encoding",
                ],
                body: ResponseBody(byteBuffer: body)
            )
        }
    }
}
