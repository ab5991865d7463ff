import ForumClient
import TerminalUI

/// Writing without a screen. Each line is on disk before the next one is typed.
struct PlainComposer {
    private let forum: ForumSite
    private let address: SiteAddress

    init(_ forum: ForumSite, address: SiteAddress) {
        self.forum = forum
        self.address = address
    }

    /// Whether somebody can write here; says how, when not.
    func isReady() -> Bool {
        if forum.isMember { return true }
        Talk.print(lines: ["Log in first: \u{201C}log in\u{201D} at the list of topics."])
        return false
    }

    /// Asks for the text of `draft` and sends it, or keeps it as a draft.
    func write(_ draft: Draft, _ key: DraftKey) async throws(Failure) {
        let store = address.draftStore
        let earlier = goOn(with: store.all().first { $0.key == key }?.draft, store, key)
        var draft = draft
        draft.body = earlier
        let typed = Talk.askLong("Text; a line with a full stop alone ends it:\n", end: ".") {
            text in
            draft.body = earlier + text
            store.save(draft, for: key)
            store.flush()
        }
        guard typed != nil || !earlier.isEmpty else {
            Talk.print(lines: ["Nothing was sent."])
            return
        }
        let answer = Talk.askPlainly(
            "\(draft.body.count) characters. y sends it, d discards it, Enter keeps the draft: "
        )
        switch answer?.lowercased() {
        case "y":
            let receipt = try await forum.submit(typed: draft, key, at: address)
            store.delete(key)
            store.flush()
            Talk.print(lines: [receipt.words(site: address.text)])
        case "d":
            store.delete(key)
            store.flush()
            Talk.print(lines: ["The draft is discarded."])
        default:
            Talk.print(lines: ["The draft is kept; write there again to go on with it."])
        }
    }

    /// The text of an earlier draft that is gone on with, and a gap behind it.
    private func goOn(with draft: Draft?, _ store: DraftStore, _ key: DraftKey) -> String {
        guard let body = draft?.body, !body.isEmpty else { return "" }
        Talk.print(lines: ["There is a draft:"] + body.split(separator: "\n").map(String.init))
        guard Talk.askPlainly("Enter goes on with it, d discards it: ")?.lowercased() != "d" else {
            store.delete(key)
            return ""
        }
        return body + "\n"
    }
}
