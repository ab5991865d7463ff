import Forum
import ForumAPI
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport

@testable import ForumWeb

extension WebSite {
    static let browserAccept: HTTPFields = [
        .accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    ]

    /// Sends a form as a browser does: the token among its fields, not among the headers.
    func submit(
        _ path: String,
        _ fields: [(String, String)],
        session: String? = nil,
        token: String? = nil,
        headers: HTTPFields = browserAccept
    ) async throws -> Answer {
        let token = token ?? Authentication(community: community).csrfToken(for: "here")
        let form = (fields + [("authenticity_token", token)])
            .map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
        var headers = headers
        headers[.cookie] =
            "_forum_session=here" + (session.map { "; _t=\($0)" } ?? "")
        headers[.contentType] = "application/x-www-form-urlencoded"
        let response = try await client.execute(
            uri: path,
            method: .post,
            headers: headers,
            body: .init(string: form)
        )
        return Answer(
            status: response.status.code,
            headers: response.headers,
            bytes: Array(response.body.readableBytesView)
        )
    }
}
