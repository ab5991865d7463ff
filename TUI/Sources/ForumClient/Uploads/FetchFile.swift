import AsyncHTTPClient
import ForumAPI
import NIOHTTP1

extension SiteClient {
    /// The bytes of a file that a post shows, at most ``Limits/imageBytes``. Only the site itself gets
    /// credentials; other hosts learn nothing but the address.
    package func file(at url: String) async throws(ClientError) -> [UInt8] {
        let reply: RawReply
        if let path = site.path(of: url) {
            var draft = RequestDraft(method: .get, target: path)
            draft.accept = "image/*"
            reply = try await exchange(draft)
        } else {
            reply = try await foreignFile(url)
        }
        if let error = reply.error { throw error }
        guard reply.body.count <= Limits.imageBytes else { throw .tooLarge }
        guard reply.contentType?.hasPrefix("image/") ?? false else {
            throw .protocolError(reason: "not a picture (\(reply.contentType ?? "no type"))")
        }
        return reply.body
    }

    private func foreignFile(_ url: String) async throws(ClientError) -> RawReply {
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw .invalid(messages: ["“\(url)” is no address of the web."])
        }
        return try await collect(try await openForeign(url))
    }
}
