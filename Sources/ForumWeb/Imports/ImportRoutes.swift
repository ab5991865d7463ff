package import Forum
package import ForumAPI
import Postgres

/// What was imported and waits for everybody to see it, for administrators.
struct ImportRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Imports.list, .admin) { call in
            ImportListReply(
                imports: try await community.imports(for: call.principal).map(ImportPresenter.body)
            )
        }
        routes.serve(API.Imports.publish, .admin) { call in
            let found = try await community.publishImport(
                ImportID(call.id("id")),
                by: call.principal
            )
            return ImportReply(import: ImportPresenter.body(found))
        }
        routes.serve(API.Imports.discard, .admin) { call in
            let found = try await community.discardImport(
                ImportID(call.id("id")),
                by: call.principal
            )
            return ImportReply(import: ImportPresenter.body(found))
        }
    }
}

/// An import for programs, whether they ask the server or its command.
package enum ImportPresenter {
    package static func body(_ found: Import) -> ImportBody {
        ImportBody(
            id: Int(found.id.value),
            name: found.name,
            createdAt: found.createdAt.iso8601,
            publishedAt: found.publishedAt?.iso8601,
            topics: found.topics,
            posts: found.posts
        )
    }
}
