import Forum
import ForumAPI
import Markup
import Postgres

/// What a post said before, and the posts around it in a conversation.
struct RevisionRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.PostChanges.replyHistory, .everybody) { call in
            let posts = try await community.replyHistory(of: call.postID(), for: call.viewer)
            return posts.map { PostPresenter.body($0, viewer: call.viewer) }
        }
        routes.serve(API.PostChanges.replyIDs, .everybody) { call in
            try await community.replyIDs(of: call.postID(), for: call.viewer).map { reply in
                ReplyIDBody(id: Int(reply.id.value), level: reply.level)
            }
        }
        routes.serve(API.PostChanges.revision, .everybody) { call in
            let view = try await community.revision(
                of: call.postID(),
                number: Self.number(call),
                for: call.viewer
            )
            return RevisionPresenter.body(view)
        }
        routes.serve(API.PostChanges.revert, .member) { call in
            let post = try await community.revert(
                call.postID(),
                toBefore: Self.required(call),
                by: call.principal
            )
            return PostPresenter.acted(
                try await community.withPolls(post, for: call.viewer),
                viewer: call.viewer
            )
        }
        for (endpoint, isHidden) in [
            (API.PostChanges.hideRevision, true), (API.PostChanges.showRevision, false),
        ] {
            routes.serve(endpoint, .member) { call in
                try await community.setRevisionHidden(
                    call.postID(),
                    number: Self.required(call),
                    isHidden,
                    by: call.principal
                )
                return NoReply()
            }
        }
    }

    /// `nil` is the latest.
    private static func number(_ call: Call<NoBody>) throws -> Int? {
        try call.text("number") == "latest" ? nil : required(call)
    }

    private static func required(_ call: Call<NoBody>) throws -> Int {
        guard let number = Int(try call.requiredText("number")) else { throw ForumError.notFound }
        return number
    }
}

enum RevisionPresenter {
    static func body(_ view: RevisionView) -> RevisionBody {
        let revision = view.revision
        let post = view.post
        let changes = view.changes
        return RevisionBody(
            createdAt: revision.createdAt.iso8601,
            postID: Int(post.id.value),
            previousHidden: false,
            currentHidden: view.isHidden,
            firstRevision: view.firstNumber,
            previousRevision: view.previousNumber,
            currentRevision: revision.number,
            nextRevision: view.nextNumber,
            lastRevision: view.lastNumber,
            currentVersion: revision.number,
            versionCount: view.count + 1,
            username: revision.editorUsername,
            displayUsername: revision.editorUsername,
            avatarTemplate: AvatarTemplate.make(revision.editorUsername),
            editReason: revision.number == post.version ? post.editReason : nil,
            bodyChanges: changes.raw.map { text($0.before, $0.after) },
            titleChanges: changes.title.map { title($0.before, $0.after) },
            tagsChanges: changes.tags.map {
                TagsChangesBody(previous: $0.before, current: $0.after)
            },
            categoryIDChanges: changes.category.map { change in
                IDChangesBody(
                    previous: change.before.map { Int($0) },
                    current: change.after.map { Int($0) }
                )
            },
            wiki: post.isWiki,
            canEdit: post.permissions.canEdit
        )
    }

    /// Both sides as text with what changed marked; the text is Markdown as it was written.
    private static func text(_ before: String, _ after: String) -> BodyChangesBody {
        let words = TextDiff.words(before, after)
        let table = sides(words, tag: "div", "revision-content")
        return BodyChangesBody(
            inline: "<div class=\"inline-diff\"><p>\(inline(words))</p></div>",
            sideBySide: table,
            sideBySideMarkdown: lines(before, after)
        )
    }

    private static func title(_ before: String, _ after: String) -> TitleChangesBody {
        let words = TextDiff.words(before, after)
        return TitleChangesBody(
            inline: "<div class=\"inline-diff\"><div>\(inline(words))</div></div>",
            sideBySide: sides(words, tag: "div", "revision-content")
        )
    }

    private static func inline(_ pieces: [TextDiff.Piece]) -> String {
        pieces.map { piece in
            switch piece {
            case .same(let text): escaped(text)
            case .gone(let text): "<del>\(escaped(text))</del>"
            case .new(let text): "<ins>\(escaped(text))</ins>"
            }
        }.joined()
    }

    private static func sides(
        _ pieces: [TextDiff.Piece],
        tag: String,
        _ name: String
    ) -> String {
        let left = inline(pieces.filter { if case .new = $0 { false } else { true } })
        let right = inline(pieces.filter { if case .gone = $0 { false } else { true } })
        return
            "<\(tag) class=\"\(name)\">\(left)</\(tag)><\(tag) class=\"\(name)\">\(right)</\(tag)>"
    }

    private static func lines(_ before: String, _ after: String) -> String {
        let rows = TextDiff.lines(before, after).map { piece in
            switch piece {
            case .same(let text): "<tr><td>\(escaped(text))</td><td>\(escaped(text))</td></tr>"
            case .gone(let text):
                "<tr><td class=\"diff-del\"><del>\(escaped(text))</del></td><td></td></tr>"
            case .new(let text):
                "<tr><td></td><td class=\"diff-ins\"><ins>\(escaped(text))</ins></td></tr>"
            }
        }
        return "<table class=\"markdown\">\(rows.joined())</table>"
    }

    private static func escaped(_ text: String) -> String {
        Escape.html(text).replacing("\n", with: "<br>")
    }
}
