import Foundation
import TerminalUI

/// Posts of one site that wait on this machine for the network, each in a file of its own.
struct PostQueue: Sendable {
    /// A post that waits.
    struct Waiting: Sendable {
        /// The name of its file.
        let id: String
        let submission: Submission
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
                problem: kept.problem
            )
        }
    }

    func add(_ submission: Submission) throws {
        let moment = Int(Date().timeIntervalSince1970 * 1000)
        let name = "\(moment)-\(submission.key.name).json"
        try PrivateFile.write(
            try JSONEncoder().encode(Kept(submission)),
            to: folder.appending(path: name)
        )
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

    /// How a try to send everything went.
    struct Outcome: Sendable {
        var sent: [Receipt] = []
        var problems: [String] = []
    }

    /// Sends what waits, the oldest first, until the network fails. What the site refuses stays,
    /// with the reason.
    func flush(_ service: any SiteService) async -> Outcome {
        var outcome = Outcome()
        for waiting in all() {
            do throws(Failure) {
                let receipt = try await service.submit(waiting.submission)
                outcome.sent.append(receipt)
                forget(waiting, &outcome)
            } catch {
                guard error.kind != .network else { return outcome }
                outcome.problems.append(error.message)
                do {
                    try note(error.message, on: waiting)
                } catch {
                    outcome.problems.append("\(error)")
                }
            }
        }
        return outcome
    }

    private func forget(_ waiting: Waiting, _ outcome: inout Outcome) {
        do {
            try remove(waiting.id)
        } catch {
            outcome.problems.append("A post was sent and its file stays: \(error)")
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
