import ForumClient
import TerminalUI

/// Posts that leave through the queue on this machine.
extension EffectRunner {
    func enqueue(_ submission: Submission) throws(Failure) -> [Message] {
        _ = try keep(submission, due: nil)
        Task { await flushQueue(all: false) }
        return [.queued(submission.key), .queueCounted(queue.all().count)]
    }

    /// Keeps a post for a moment in which it can be taken back.
    func hold(_ submission: Submission, _ seconds: Int) throws(Failure) -> [Message] {
        let due = Loop.now() + Int64(seconds)
        let id = try keep(submission, due: due)
        return [.held(submission.key, id: id, due: due), .queueCounted(queue.all().count)]
    }

    private func keep(_ submission: Submission, due: Int64?) throws(Failure) -> String {
        do {
            return try queue.add(submission, due: due)
        } catch {
            throw Failure(.refused, "The post could not be kept here: \(error)")
        }
    }

    /// Makes a draft of a post again that has not gone out.
    func takeBack(
        _ id: String,
        _ key: DraftKey,
        _ draft: Draft
    ) async throws(Failure) -> [Message] {
        let isTaken: Bool
        do {
            isTaken = try queue.takeBack(id) { self.keep(draft, key) }
        } catch {
            throw Failure(.refused, "The post could not be taken back: \(error)")
        }
        guard isTaken else {
            throw Failure(.refused, "That post is on its way already.")
        }
        return [.takenBack(id: id), .queueCounted(queue.all().count)]
    }

    /// Sends what an earlier run has left, also what that run would have held for some seconds more.
    func resumeQueue() async {
        await flushQueue(all: false)
        guard let last = queue.all().compactMap(\.due).max(), last > Loop.now() else { return }
        do {
            try await Threads.sleep(for: .seconds(last - Loop.now()))
        } catch {
            return
        }
        await flushQueue(all: false)
    }

    /// Sends what waits on this machine and is due, or all of it.
    func flushQueue(all: Bool) async {
        guard service.isMember, !queue.all().isEmpty, takeQueue() else { return }
        let outcomes = await queue.flush(service, dueAt: all ? nil : Loop.now())
        leaveQueue()
        for outcome in outcomes ?? [] {
            switch outcome.result {
            case .success(let receipt):
                post(
                    .delivered(
                        id: outcome.id,
                        topic: receipt.topic,
                        postNumber: receipt.postNumber,
                        isPending: receipt.isPending
                    )
                )
            case .failure(let failure):
                post(.notDelivered(id: outcome.id, failure))
            }
        }
        post(.queueCounted(queue.all().count))
    }
}
