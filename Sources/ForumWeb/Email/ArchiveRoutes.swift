import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore

/// Topics, categories and the site as archives that every mail program reads, and posts as the mails they came by.
struct ArchiveRoutes: Sendable {
    let services: WebServices

    private var community: Community { services.community }

    func add(to routes: RouteTable) {
        for form in [Representation.mbox, .mboxGzip] {
            routes.stream(form, "/site", .member) { call in
                try await archive(.site, "site", form, call)
            }
            for path in ["/t/{topic_id}", "/t/{slug}/{topic_id}"] {
                routes.stream(form, path, .everybody) { call in
                    let topic = try call.topicID()
                    return try await archive(.topic(topic), "topic-\(topic)", form, call)
                }
            }
            for kind in [TopicListings.Kind.category, .subcategory, .categoryByID] {
                routes.stream(form, kind.path, .everybody) { call in
                    let category = try call.categoryID()
                    return try await archive(
                        .category(category),
                        "category-\(category)",
                        form,
                        call
                    )
                }
            }
        }
        routes.serve(API.Email.rawEmail, .member) { call in
            let raw = try await community.rawEmail(of: call.postID(), for: call.principal)
            return RawEmailReply(rawEmail: String(decoding: raw, as: UTF8.self))
        }
        routes.serve(API.Email.elided, .member) { call in
            ElidedReply(elided: try await community.elided(of: call.postID(), for: call.principal))
        }
        routes.serve(API.Email.restoreElided, .member) { call in
            let post = try await community.restoreElided(of: call.postID(), by: call.principal)
            return PostPresenter.written(post, viewer: call.viewer)
        }
    }

    private func archive(
        _ scope: ArchiveScope,
        _ name: String,
        _ form: Representation,
        _ call: Call<WireValue>
    ) async throws -> Response {
        // Asked before the status is sent, so that "not found" can still be told.
        _ = try await community.archiveSize(scope, for: call.viewer)
        let pieces = services.archive(scope, form == .mboxGzip, call.viewer)
        var headers = HTTPFields()
        headers[.contentType] = form.contentType
        headers[.contentDisposition] = FileResponse.disposition(
            "\(name).\(form.rawValue)",
            inline: false
        )
        headers[.cacheControl] = "private, no-store"
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                for try await piece in pieces where !piece.isEmpty {
                    try await writer.write(ByteBuffer(bytes: piece))
                }
                try await writer.finish(nil)
            }
        )
    }
}
