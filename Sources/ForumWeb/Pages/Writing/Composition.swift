import Forum
import ForumAPI
import Postgres

/// One thing that somebody writes: where it goes and what it needs.
struct Composition: Sendable {
    enum Kind: Sendable {
        case topic
        case message
        case reply
        case edit
    }

    let kind: Kind
    var topic: TopicPage?
    /// The post that is answered or changed.
    var post: PostView?
    var categories: [Forum.Category] = []
    private let place: String

    /// - Throws: `.notFound` for a place that its writer cannot see.
    init(_ community: Community, _ kind: Kind, _ call: Call<WireValue>) async throws {
        self.kind = kind
        let viewer = call.viewer
        switch kind {
        case .topic:
            place = ""
            categories = try await community.categories(for: viewer).filter(\.canCreateTopics)
        case .message: place = ""
        case .reply:
            let id = try call.topicID()
            place = "\(id)"
            let number = try call.int("to") ?? call.int("reply_to_post_number")
            let window = number.map { TopicWindow.near(postNumber: $0) } ?? .start
            let page = try await community.topicPage(id, window, for: viewer)
            topic = page
            post = number.flatMap { number in page.posts.first { $0.number == number } }
        case .edit:
            let found = try await community.post(call.postID(), for: viewer)
            place = "\(found.id)"
            post = found
            guard found.number == 1 else { break }
            topic = try await community.topicPage(found.topicID, for: viewer)
            categories = try await community.categories(for: viewer).filter {
                $0.canCreateTopics || $0.id == found.topic.categoryID
            }
        }
    }

    /// Of a place that is not there any more: only the text is left.
    init(lost kind: Kind, _ call: Call<WireValue>) {
        self.kind = kind
        place = ["topic_id", "post_id"].compactMap { call.parameters[$0]?.stringValue }.first ?? ""
    }

    /// - Throws: `.forbidden` where nothing could be sent: better said before somebody writes.
    func checkIsOpen() throws(ForumError) {
        if kind == .edit, post?.permissions.canEdit != true { throw .forbidden }
        if kind == .reply, topic?.permissions.canReply != true { throw .forbidden }
    }

    // MARK: What it is called

    var title: String {
        switch kind {
        case .topic: "New topic"
        case .message: "New message"
        case .reply: "Reply"
        case .edit: "Edit"
        }
    }

    var address: String {
        switch kind {
        case .topic: "/new-topic"
        case .message: "/new-message"
        case .reply:
            "/compose/reply/\(percentEncoded(place))" + (answeredNumber.map { "?to=\($0)" } ?? "")
        case .edit: "/compose/edit/\(percentEncoded(place))"
        }
    }

    /// Where it belongs.
    var back: String {
        switch kind {
        case .topic: "/latest"
        case .message: "/"
        case .reply: topic.map { PageParts.path($0.topic) } ?? "/"
        case .edit:
            post.map { PageParts.path("/t/\($0.topic.slug)/\($0.topicID)", $0.number) } ?? "/"
        }
    }

    /// The post that a reply answers.
    var answered: PostView? { kind == .reply ? post : nil }

    private var answeredNumber: Int? { answered?.number }

    var about: Fields? {
        guard kind == .reply || kind == .edit else { return nil }
        let title = topic?.topic.title ?? post?.topic.title
        guard let title else { return nil }
        let text: String =
            switch kind {
            case .edit: "Post \(post?.number ?? 1) of"
            default: answered.map { "To \($0.author.username) in" } ?? "To the topic"
            }
        return ["text": text, "address": back, "label": title]
    }

    // MARK: Its form

    func form(_ text: ComposedText, _ settings: SiteSettings) -> PageForm {
        var inputs: [FormField] = []
        if kind == .message {
            inputs.append(
                FormField(
                    "recipients",
                    "To",
                    value: text.recipients,
                    hint: "User names or groups, with commas between.",
                    isRequired: true,
                    aliases: ["target_recipients"]
                )
            )
        }
        let isOfTopic = kind == .topic || (kind == .edit && post?.number == 1)
        if isOfTopic || kind == .message {
            inputs.append(FormField("title", "Title", value: text.title, isRequired: true))
        }
        if isOfTopic, topic?.topic.archetype != .message {
            inputs += places(text, settings)
        }
        inputs.append(
            FormField(
                "raw",
                "Text",
                .area(rows: 14),
                value: text.raw,
                hint: "Markdown.",
                isRequired: true,
                aliases: ["body"]
            )
        )
        if kind == .edit {
            inputs.append(
                FormField(
                    "edit_reason",
                    "Reason for the edit",
                    value: text.reason,
                    hint: "Shown to others; may be empty."
                )
            )
        }
        var form = PageForm(
            action,
            kind == .edit ? "Save" : kind == .reply ? "Reply" : "Send",
            inputs
        )
        form.buttons.append(.init(label: "Preview", name: "preview"))
        if kind != .edit { form.buttons.append(.init(label: "Keep as draft", name: "save_draft")) }
        if let number = answeredNumber { form.hidden = [("reply_to_post_number", String(number))] }
        if kind == .edit { form.hidden = [("original_text", text.original ?? post?.raw ?? "")] }
        return form
    }

    private var action: String {
        let root = "\(RouteTable.formRoot)compose"
        return switch kind {
        case .topic: "\(root)/topic"
        case .message: "\(root)/message"
        case .reply: "\(root)/reply/\(percentEncoded(place))"
        case .edit: "\(root)/edit/\(percentEncoded(place))"
        }
    }

    private func places(_ text: ComposedText, _ settings: SiteSettings) -> [FormField] {
        let choices = categories.map { (value: "\($0.id)", label: $0.name) }
        var fields = [
            FormField(
                "category_id",
                "Category",
                .choice(choices),
                value: text.categoryID.map(String.init) ?? "",
                aliases: ["category"]
            )
        ]
        if settings.taggingEnabled {
            fields.append(
                FormField("tags", "Tags", value: text.tags, hint: "With commas between.")
            )
        }
        return fields
    }

    // MARK: Drafts

    private var draftKey: String? {
        switch kind {
        case .topic: "new_topic"
        case .message: "new_private_message"
        case .reply: "topic_\(place)"
        case .edit: nil
        }
    }

    /// What the form begins with: what is there, what the address says, or what was kept.
    func draft(_ community: Community, _ call: Call<WireValue>) async throws -> ComposedText {
        var text = try ComposedText(call)
        if kind == .edit {
            text.raw = post?.raw ?? ""
            text.original = text.raw
            if let topic {
                text.title = topic.topic.title
                text.tags = topic.tags.map(\.name).joined(separator: ", ")
                text.categoryID = topic.topic.categoryID.map { Int($0.value) }
            }
            return text
        }
        guard text.raw.isEmpty, let draftKey,
            let kept = try await community.draft(draftKey, of: call.principal).draft
        else { return text }
        let data = DraftData(kept.data)
        text.raw = data.reply
        if text.title.isEmpty { text.title = data.title }
        if text.tags.isEmpty { text.tags = data.tags }
        if text.recipients.isEmpty { text.recipients = data.recipients }
        text.categoryID = text.categoryID ?? data.categoryID
        text.notice = "This is your draft of \(kept.createdAt.iso8601.prefix(10))."
        return text
    }

    func keep(_ text: ComposedText, _ community: Community, by principal: Principal) async throws {
        guard let draftKey else { throw ForumError.forbidden }
        let known = try await community.draft(draftKey, of: principal).sequence
        let action =
            switch kind {
            case .topic: "createTopic"
            case .message: "privateMessage"
            case .reply, .edit: "reply"
            }
        let data = DraftData(
            reply: text.raw,
            title: text.title,
            tags: text.tags,
            recipients: text.recipients,
            categoryID: text.categoryID,
            action: action
        )
        _ = try await community.saveDraft(
            draftKey,
            data: try data.json,
            sequence: known,
            isForced: true,
            by: principal
        )
    }

    // MARK: Sending

    /// - Returns: The address of what was written.
    func send(
        _ text: ComposedText,
        _ community: Community,
        by principal: Principal
    ) async throws -> String {
        let category = text.categoryID.map { CategoryID(Int64($0)) }
        switch kind {
        case .topic:
            var new = NewTopic(title: text.title, raw: text.raw, categoryID: category)
            new.tags = text.tagNames
            new.draftKey = draftKey
            return Self.address(try await community.createTopic(new, by: principal))
        case .message:
            guard !text.recipientNames.isEmpty else {
                throw ForumError(
                    .invalid,
                    "You must select a valid user.",
                    field: "target_recipients"
                )
            }
            var new = NewTopic(title: text.title, raw: text.raw)
            new.recipients = text.recipientNames
            new.draftKey = draftKey
            return Self.address(try await community.createTopic(new, by: principal))
        case .reply:
            guard let topic else { throw ForumError.notFound }
            let new = NewPost(
                topicID: topic.topic.id,
                raw: text.raw,
                replyToPostNumber: answeredNumber
            )
            return Self.address(try await community.createPost(new, by: principal))
        case .edit: return try await edit(text, category, community, by: principal)
        }
    }

    private func edit(
        _ text: ComposedText,
        _ category: CategoryID?,
        _ community: Community,
        by principal: Principal
    ) async throws -> String {
        guard let post else { throw ForumError.notFound }
        let isMessage = post.topic.archetype == .message
        if topic != nil, !isMessage, let category, category != post.topic.categoryID {
            try await community.editTopic(post.topicID, categoryID: category, by: principal)
        }
        let changed = try await community.editPost(
            post.id,
            raw: text.raw,
            editReason: text.reason,
            title: topic == nil ? nil : text.title,
            tags: topic == nil || isMessage ? nil : text.tagNames,
            originalRaw: text.original,
            by: principal
        )
        return PageParts.path("/t/\(changed.topic.slug)/\(changed.topicID)", changed.number)
    }

    private static func address(_ created: CreatedPost) -> String {
        PageParts.path("/t/\(created.topicSlug)/\(created.topicID)", created.number)
    }
}
