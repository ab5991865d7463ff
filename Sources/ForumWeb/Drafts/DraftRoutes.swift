import Forum
import ForumAPI
import Postgres

/// Text that is not posted yet; `/draft` is the older name.
struct DraftRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Drafts.list, .member) { call in
            let principal = try call.principal
            let drafts = try await community.drafts(
                of: principal,
                offset: call.body.offset ?? 0,
                limit: call.body.limit ?? Forum.Limits.draftsPerPage
            )
            return DraftListReply(drafts: drafts.map { Self.row($0, principal) })
        }
        for endpoint in [
            API.Drafts.save, Endpoint<SaveDraftRequest, SaveDraftReply>(.post, "/draft"),
        ] {
            routes.serve(endpoint, .member, bodyBytes: 4 * 1024 * 1024) { call in
                let sequence = try await community.saveDraft(
                    call.body.draftKey,
                    data: try Self.text(call.body.data),
                    sequence: call.body.sequence ?? 0,
                    owner: call.body.owner,
                    isForced: call.body.forceSave ?? false,
                    by: call.principal
                )
                return SaveDraftReply(draftSequence: sequence)
            }
        }
        for endpoint in [API.Drafts.show, Endpoint<DraftQuery, DraftReply>(.get, "/draft")] {
            routes.serve(endpoint, .member) { call in
                let found = try await community.draft(
                    call.requiredText("draft_key"),
                    of: call.principal
                )
                return DraftReply(draft: found.draft?.data, draftSequence: found.sequence)
            }
        }
        for endpoint in [
            API.Drafts.delete, Endpoint<DraftQuery, SuccessReply>(.delete, "/draft"),
        ] {
            routes.serve(endpoint, .member) { call in
                try await community.deleteDraft(
                    call.requiredText("draft_key"),
                    sequence: call.body.sequence,
                    by: call.principal
                )
                return SuccessReply()
            }
        }
    }

    /// An object is kept as its JSON: some clients do not encode it themselves.
    private static func text(_ data: WireValue) throws -> String {
        switch data {
        case .string(let text): return text
        case .null: throw WireError.missing(parameter: "data")
        case .file: throw WireError.invalid(parameter: "data", reason: "must not be a file")
        default: return String(decoding: try encodeJSON(data), as: UTF8.self)
        }
    }

    /// The text of a draft that is JSON, as Discourse's own client sends it.
    private static func replyText(in data: String) -> String? {
        do {
            return try WireValue.parse(json: Array(data.utf8))["reply"]?.stringValue
        } catch {
            // Any text may be kept as a draft.
            return nil
        }
    }

    private static func row(_ row: ListedDraft, _ principal: Principal) -> ListedDraftBody {
        let draft = row.draft
        let reply = replyText(in: draft.data)
        return ListedDraftBody(
            draftKey: draft.key,
            sequence: draft.sequence,
            createdAt: draft.createdAt.iso8601,
            data: draft.data,
            excerpt: reply.map { String($0.prefix(300)) },
            username: principal.username,
            draftUsername: principal.username,
            avatarTemplate: AvatarTemplate.make(principal.username),
            userID: Int(principal.id.value),
            topicID: row.topicID.map { Int($0.value) },
            title: row.title,
            slug: row.slug,
            categoryID: row.categoryID.map { Int($0.value) },
            closed: row.topicID == nil ? nil : row.isClosed,
            archived: row.topicID == nil ? nil : row.isArchived,
            archetype: row.archetype
        )
    }
}
