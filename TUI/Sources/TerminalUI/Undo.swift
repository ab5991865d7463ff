/// Something that was done and can be taken back.
struct Undo: Sendable, Hashable {
    /// What is said when it is taken back.
    var words: String
    var effect: Effect

    init(_ words: String, _ effect: Effect) {
        self.words = words
        self.effect = effect
    }
}

extension Model {
    /// Takes the last thing back that can be.
    mutating func takeBack() -> [Effect] {
        guard let last = undos.popLast() else {
            say("There is nothing to take back.")
            return []
        }
        switch last.effect {
        case .setLike(let topic, let post, let on):
            changeTopics(topic) { $0.setLike(post, on: on) }
        case .bookmark, .moderate:
            isTakingBack = true
        case .takeBack(let id, _, _) where !canTakeBack(id):
            say("That post is on its way already; on the site it can be changed or deleted.")
            return []
        default:
            break
        }
        say(last.words)
        return [last.effect]
    }

    /// Remembers how to take something back, unless this is the taking back itself.
    mutating func remember(_ undo: Undo) {
        guard !isTakingBack else {
            isTakingBack = false
            return
        }
        undos = Array((undos + [undo]).suffix(Limits.undoneActions))
    }
}
