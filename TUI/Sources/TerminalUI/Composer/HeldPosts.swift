/// A post on its way out, which can be taken back for a moment. It is in a file of the queue meanwhile.
struct HeldPost: Sendable {
    /// The name of its file.
    let id: String
    /// Where it was written, to go on there.
    var composer: ComposerState
    /// When it goes out, in seconds since 1970; nil when that was tried.
    var due: Int64?
    var isSending = false
    /// No key was pressed since: whoever wrote it waits for it.
    var isAwaited = true
}

/// Sending with a moment to think again.
extension Model {
    /// The effect by which a finished post leaves the composer.
    func dispatch(_ submission: Submission) -> Effect {
        if case .edit = submission.target { return .submit(submission) }
        guard settings.sendDelay > 0 else { return .submit(submission) }
        return .hold(submission, seconds: settings.sendDelay)
    }

    var deliveryCountdown: String? {
        guard let next = held.filter({ !$0.isSending }).compactMap(\.due).min() else {
            return held.contains(where: \.isSending) ? "Sending\u{2026}" : nil
        }
        return "Goes out in \(max(0, next - now)) s. z takes it back, :send-now does not wait."
    }

    /// The post is in the queue: the composer closes.
    mutating func hold(_ key: DraftKey, id: String, due: Int64) -> [Effect] {
        for case .composer(var state) in screens where state.key == key {
            let draft = state.draft
            state.mode = .editing
            held.append(HeldPost(id: id, composer: state, due: due))
            held = Array(held.suffix(Limits.heldPosts))
            remember(Undo("Taken back.", .takeBack(id: id, key, draft)))
            break
        }
        closeComposer(key)
        notice = nil
        return [.deleteDraft(key)] + settle()
    }

    /// A key was pressed: the reader has gone on, and is not moved when the post is there.
    mutating func noteKey() {
        for index in held.indices {
            held[index].isAwaited = false
        }
    }

    /// Sends what is due.
    mutating func deliverDue() -> [Effect] {
        var isDue = false
        for index in held.indices where !held[index].isSending {
            guard let due = held[index].due, due <= now else { continue }
            held[index].isSending = true
            isDue = true
        }
        return isDue ? [.deliver(all: false)] : []
    }

    mutating func sendNow() -> [Effect] {
        guard held.contains(where: { $0.due != nil }) else {
            say("Nothing waits to be sent.")
            return []
        }
        for index in held.indices where held[index].due != nil {
            held[index].isSending = true
            held[index].isAwaited = true
        }
        return [.deliver(all: true)]
    }

    func canTakeBack(_ id: String) -> Bool {
        held.contains { $0.id == id && !$0.isSending }
    }

    /// The post was taken back: it is written on.
    mutating func reopen(_ id: String) -> [Effect] {
        guard let index = held.firstIndex(where: { $0.id == id }) else { return [] }
        var state = held.remove(at: index).composer
        forgetUndo(of: id)
        guard !put(state.body.text, beforeTextOf: state.key) else { return saveDraft() }
        state.isDraftKnown = true
        prompt = nil
        screens.append(.composer(state))
        return saveDraft()
    }

    /// Something else was begun in the place of a post: both are kept.
    ///
    /// Not inlined, because the optimiser of Swift 6.3 ends in an error where this is a part of `reopen`.
    ///
    /// - Returns: Whether a composer is open for the key.
    @inline(never)
    private mutating func put(_ text: String, beforeTextOf key: DraftKey) -> Bool {
        let isOpen = screens.contains { screen in
            guard case .composer(let state) = screen else { return false }
            return state.key == key
        }
        guard isOpen else { return false }
        changeComposer { other in
            if other.key == key { other.body.insertAtStart(text + "\n\n") }
        }
        return true
    }

    /// The site has a post that was kept here.
    mutating func finishDelivery(
        _ id: String,
        topic: Int,
        number: Int,
        isPending: Bool
    ) -> [Effect] {
        forgetUndo(of: id)
        guard let index = held.firstIndex(where: { $0.id == id }) else {
            say("A post that waited is sent.")
            return []
        }
        let post = held.remove(at: index)
        guard !isPending else {
            say("Your post waits for approval by the staff.")
            return []
        }
        if notice?.isFailure != true {
            say("Sent.")
        }
        let isOpen = openTopicID == topic
        guard post.isAwaited else {
            return isOpen ? [.loadTopic(id: topic, near: nil)] : []
        }
        return isOpen
            ? [.loadTopic(id: topic, near: number)] : openTopic(id: topic, title: "", near: number)
    }

    /// A post stays in the queue: for the network, for a moment, or until it is changed.
    mutating func failDelivery(_ id: String, _ failure: Failure) -> [Effect] {
        guard let index = held.firstIndex(where: { $0.id == id }) else {
            switch failure.kind {
            // It waits on; the bar at the top counts it.
            case .network, .cancelled, .rateLimited: break
            case .auth, .forbidden, .notFound, .refused, .server:
                say("A post that waited was not taken: \(failure.message)", isFailure: true)
            }
            return []
        }
        let post = held[index]
        held[index].isSending = false
        held[index].due = nil
        switch failure.kind {
        case .network, .cancelled:
            say("No network: the post waits here and goes out by itself. z takes it back.")
        case .rateLimited(let seconds?) where seconds <= Limits.longestWait:
            held[index].due = now + Int64(seconds) + 1
        case .auth:
            say(failure.message, isFailure: true)
            askToLogIn(as: site.username ?? "")
        default:
            guard post.isAwaited else {
                say("Not sent. \(failure.message) z opens it again.", isFailure: true)
                return []
            }
            say("Not sent; your text is kept. \(failure.message)", isFailure: true)
            return [.takeBack(id: id, post.composer.key, post.composer.draft)]
        }
        return []
    }

    private mutating func forgetUndo(of id: String) {
        undos.removeAll { undo in
            if case .takeBack(id, _, _) = undo.effect { true } else { false }
        }
    }
}
