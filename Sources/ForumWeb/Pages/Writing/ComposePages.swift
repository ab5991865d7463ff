import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// Writing in a browser: topics, messages, replies, edits.
///
/// What somebody wrote is never lost: whatever is wrong, the form comes back with it. So everybody is let
/// in, and who may not write is told so above their text.
struct ComposePages: Sendable {
    let community: Community
    let pages: PageWriter

    func add(to routes: RouteTable) {
        let all: [(page: String, form: String, kind: Composition.Kind)] = [
            ("/new-topic", "compose/topic", .topic),
            ("/new-message", "compose/message", .message),
            ("/compose/reply/{topic_id}", "compose/reply/{topic_id}", .reply),
            ("/compose/edit/{post_id}", "compose/edit/{post_id}", .edit),
        ]
        for (path, form, kind) in all {
            routes.serve(.html, path, .member) { call in
                let composition = try await Composition(community, kind, call)
                try composition.checkIsOpen()
                let draft = try await composition.draft(community, call)
                return try await page(composition, draft, call)
            }
            routes.form(
                form,
                .open,
                pages,
                again: FormAgain { call, error in try await again(kind, call, error) }
            ) { call in
                try await take(kind, call)
            }
        }
    }

    private func take(_ kind: Composition.Kind, _ call: Call<WireValue>) async throws -> Response {
        let principal = try call.principal
        let composition = try await Composition(community, kind, call)
        let text = try ComposedText(call)
        if try call.bool("preview") {
            return .document(try await page(composition, text, call, isPreview: true))
        }
        if try call.bool("save_draft") {
            try await composition.keep(text, community, by: principal)
            var page = PlainPage("Your draft is kept")
            page.paragraphs = ["You find it among your drafts and wherever you go on writing."]
            page.links = [
                ("Drafts", "\(PageParts.userPath(principal.username))/activity/drafts"),
                ("Go on writing", composition.address),
            ]
            return try await pages.response(page, for: call)
        }
        do {
            return .seeOther(try await composition.send(text, community, by: principal))
        } catch is HeldPost {
            var page = PlainPage("Your post waits for approval")
            page.paragraphs = ["It will be shown as soon as a moderator has approved it."]
            page.links = [("Go on", composition.back)]
            return try await pages.response(page, for: call)
        }
    }

    /// The form with what was typed and what was wrong.
    private func again(
        _ kind: Composition.Kind,
        _ call: Call<WireValue>,
        _ error: ForumError
    ) async throws -> Document {
        let text = try ComposedText(call)
        let composition: Composition
        do {
            composition = try await Composition(community, kind, call)
        } catch is ForumError {
            // The place is gone, or its writer may not see it any more: the text is theirs all the same.
            composition = Composition(lost: kind, call)
        }
        return try await page(composition, text, call, error: error)
    }

    private func page(
        _ composition: Composition,
        _ text: ComposedText,
        _ call: Call<WireValue>,
        isPreview: Bool = false,
        error: ForumError? = nil
    ) async throws -> Document {
        var form = composition.form(text, community.settings.current)
        if let error { form = form.refused(error) }
        var head = PageHead(composition.title)
        head.hasForm = true
        var content: Fields = [
            "title": composition.title,
            "about": composition.about,
            "quotedHTML": composition.answered.map { HTML.cooked($0.cooked, base: "") },
            "form": form.fields,
            "notice": text.notice,
        ]
        if isPreview {
            content["previewHTML"] = HTML.cooked(
                try await community.preview(text.raw),
                base: ""
            )
        } else if error?.code == .unauthenticated {
            content["notice"] =
                "You are not logged in any more. Log in in another window, load this page’s site there, "
                + "and send this form again; or keep a copy of your text."
        }
        return try await pages.document(.compose, head, content, for: call)
    }
}

/// What stands in the fields of such a form.
struct ComposedText: Sendable {
    var title = ""
    var raw = ""
    var tags = ""
    var categoryID: Int?
    var recipients = ""
    var reason = ""
    /// What an edit began from.
    var original: String?
    /// Said above it.
    var notice: String?

    init() {}

    init(_ call: Call<WireValue>) throws {
        title = try call.text("title") ?? ""
        raw = try call.text("raw") ?? call.text("body") ?? ""
        tags = try call.text("tags") ?? ""
        categoryID = try call.int("category_id")
        recipients = try call.text("recipients") ?? call.text("username") ?? ""
        reason = try call.text("edit_reason") ?? ""
        original = try call.text("original_text")
    }

    var tagNames: [String] { Self.names(tags) }

    var recipientNames: [String] { Self.names(recipients) }

    private static func names(_ text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }
}
