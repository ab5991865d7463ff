import Foundation
import TerminalUI

/// Posts of one site that wait on this machine for the network, each in a file of its own.
struct PostQueue: Sendable {
    /// A post that waits.
    struct Waiting: Sendable {
        /// The name of its file.
        let id: String
        let submission: Submission
        /// Seconds since 1970 before which it is not sent, so that it can be taken back.
        let due: Int64?
        /// Why the site did not take it, when it was asked.
        var problem: String?
    }

    private static let largestFile = 1_000_000

    let folder: URL

    /// The posts, the oldest first. What cannot be read stays where it is.
    func all() -> [Waiting] {
        PrivateFile.names(in: folder).compactMap { name in
            guard
                let kept = PrivateFile.read(
                    Kept.self,
                    from: folder.appending(path: name),
                    atMost: PostQueue.largestFile
                ),
                let submission = kept.submission
            else { return nil }
            return Waiting(
                id: String(name.dropLast(".json".count)),
                submission: submission,
                due: kept.due,
                problem: kept.problem
            )
        }
    }

    /// Keeps a post, and returns the name by which it is found again.
    @discardableResult
    func add(_ submission: Submission, due: Int64? = nil) throws -> String {
        let moment = Int(Date().timeIntervalSince1970 * 1000)
        let id = "\(moment)-\(submission.key.name)"
        var kept = Kept(submission)
        kept.due = due
        try PrivateFile.write(
            try JSONEncoder().encode(kept),
            to: folder.appending(path: id + ".json")
        )
        return id
    }

    func remove(_ id: String) throws {
        try FileManager.default.removeItem(at: folder.appending(path: id + ".json"))
    }

    private func note(_ problem: String, on waiting: Waiting) throws {
        var kept = Kept(waiting.submission)
        kept.problem = problem
        try PrivateFile.write(
            try JSONEncoder().encode(kept),
            to: folder.appending(path: waiting.id + ".json")
        )
    }

    /// How a try to send one post went.
    struct Outcome: Sendable {
        let id: String
        let result: Result<Receipt, Failure>
    }

    /// Sends what waits and is due, or all of it, the oldest first, until the network fails. What the site
    /// refuses stays, with the reason. nil when another program is sending the same queue.
    func flush(
        _ service: any SiteService,
        dueAt now: Int64? = nil
    ) async -> [Outcome]? {
        guard let lock = QueueLock(folder: folder) else { return nil }
        defer { lock.release() }
        var outcomes: [Outcome] = []
        for waiting in all() {
            if let now, let due = waiting.due, due > now { continue }
            do throws(Failure) {
                let receipt = try await service.submit(waiting.submission)
                outcomes.append(Outcome(id: waiting.id, result: .success(receipt)))
                try forget(waiting)
            } catch {
                outcomes.append(Outcome(id: waiting.id, result: .failure(error)))
                switch error.kind {
                // The next one would fare no better.
                case .network, .cancelled, .auth, .rateLimited: return outcomes
                case .forbidden, .notFound, .refused, .server: keep(error.message, on: waiting)
                }
            }
        }
        return outcomes
    }

    /// Takes a post back before it is sent; nil when it is gone or on its way.
    func takeBack(_ id: String, _ keep: () throws -> Void) throws -> Bool {
        guard let lock = QueueLock(folder: folder) else { return false }
        defer { lock.release() }
        guard all().contains(where: { $0.id == id }) else { return false }
        // First the other copy, then this one goes.
        try keep()
        try remove(id)
        return true
    }

    private func forget(_ waiting: Waiting) throws(Failure) {
        do {
            try remove(waiting.id)
        } catch {
            throw Failure(.refused, "A post was sent and its file stays: \(error)")
        }
    }

    private func keep(_ problem: String, on waiting: Waiting) {
        do {
            try note(problem, on: waiting)
        } catch {
            // The reason is lost, the post is not.
            Talk.say("\(error)")
        }
    }

    /// The form in the file.
    private struct Kept: Codable {
        var kind: String
        var topic: Int?
        var replyTo: Int?
        var post: Int?
        var title: String?
        var category: Int?
        var names: [String]?
        var raw: String
        var problem: String?
        var due: Int64?

        init(_ submission: Submission) {
            raw = submission.raw
            switch submission.target {
            case .newTopic(let title, let category, let tags):
                kind = "topic"
                self.title = title
                self.category = category
                names = tags
            case .message(let title, let recipients):
                kind = "message"
                self.title = title
                names = recipients
            case .reply(let topic, let number):
                kind = "reply"
                self.topic = topic
                replyTo = number
            case .edit(let post):
                kind = "edit"
                self.post = post
            }
        }

        var submission: Submission? {
            switch kind {
            case "topic":
                Submission(
                    key: .newTopic,
                    target: .newTopic(
                        title: title ?? "",
                        categoryID: category,
                        tags: names ?? []
                    ),
                    raw: raw
                )
            case "message":
                Submission(
                    key: .message,
                    target: .message(title: title ?? "", to: names ?? []),
                    raw: raw
                )
            case "reply":
                topic.map {
                    Submission(
                        key: .reply(topic: $0),
                        target: .reply(topic: $0, toPost: replyTo),
                        raw: raw
                    )
                }
            case "edit":
                post.map { Submission(key: .edit(post: $0), target: .edit(post: $0), raw: raw) }
            default: nil
            }
        }
    }
}
