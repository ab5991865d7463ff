import ForumClient
import TerminalUI

extension SiteAddress {
    /// The drafts on disk.
    var draftStore: DraftStore {
        DraftStore(folder: StateFolder.drafts(of: self)) { _, reason in Talk.say(reason) }
    }
}

/// Text that somebody typed for a command: what does not get through is kept.
extension ForumSite {
    /// Sends `draft`. When that fails, it is a draft on disk before the failure is told.
    func submit(
        typed draft: Draft,
        _ key: DraftKey,
        at address: SiteAddress
    ) async throws(Failure) -> Receipt {
        do throws(Failure) {
            return try await submit(try draft.submission(key))
        } catch {
            address.draftStore.keep(draft, beside: key)
            throw Failure(
                error.kind,
                "\(error.message) Your text is kept: \u{201C}parley drafts send \(key.name)\u{201D} sends it."
            )
        }
    }
}

extension DraftStore {
    /// Keeps a draft. Another text of the same name stays above it.
    func keep(_ draft: Draft, beside key: DraftKey) {
        var kept = draft
        if let earlier = all().first(where: { $0.key == key })?.draft, !earlier.body.isEmpty,
            !draft.body.contains(earlier.body)
        {
            kept.body = "\(earlier.body)\n\n----\n\n\(draft.body)"
        }
        save(kept, for: key)
        flush()
    }
}
