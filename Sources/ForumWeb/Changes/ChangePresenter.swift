import Forum
import ForumAPI
import Postgres

enum ChangePresenter {
    static func body(_ change: Change) -> ChangeBody {
        var body = ChangeBody(
            type: type(change.kind),
            action: action(change.action),
            id: Int(change.id)
        )
        body.at = change.at?.iso8601
        guard let subject = change.subject else { return body }
        body.name = subject.name
        body.slug = subject.slug
        body.username = subject.username
        body.userID = subject.userID.map { Int($0.value) }
        body.topicID = subject.topicID.map { Int($0.value) }
        body.postNumber = subject.postNumber
        body.categoryID = subject.categoryID.map { Int($0.value) }
        body.version = subject.version
        body.createdAt = subject.createdAt?.iso8601
        body.updatedAt = subject.updatedAt?.iso8601
        body.raw = subject.raw
        switch change.kind {
        case .topic:
            body.archetype = archetype(subject)
            body.tags = subject.tags.map { TagPresenter.reference($0) }
            body.url = "/t/\(subject.slug ?? "-")/\(change.id)"
        case .post:
            body.archetype = archetype(subject)
            body.url = "/posts/\(change.id)"
        case .category: body.url = "/c/\(change.id)/show"
        case .tag: body.url = "/tag/\(percentEncoded(subject.name ?? ""))"
        case .user: body.url = "/u/\(percentEncoded(subject.username ?? ""))"
        }
        return body
    }

    private static func archetype(_ subject: Change.Subject) -> String {
        (subject.isMessage ? Topic.Archetype.message : .regular).rawValue
    }

    private static func type(_ kind: Change.Kind) -> ChangeType {
        switch kind {
        case .category: .category
        case .tag: .tag
        case .user: .user
        case .topic: .topic
        case .post: .post
        }
    }

    private static func action(_ action: Change.Action) -> ChangeAction {
        switch action {
        case .present: .present
        case .created: .created
        case .edited: .edited
        case .moved: .moved
        case .recovered: .recovered
        case .gone: .gone
        }
    }
}
